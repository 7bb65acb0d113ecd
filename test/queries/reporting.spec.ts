import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type {
  AuditAction,
  OrderAnswer,
  PlanFulfilmentItem,
  SalesHistoryAnswer,
  TurnoverAnswer,
} from '#kontor/read-models';
import { BERG } from '../../libs/read-models/testing/mothers.js';
import { CANCELLED_ORDER, EVENTFUL_ORDER } from '../../libs/read-models/testing/year.js';
import { ReadingRoom, type Items } from './reading-room.js';

let room: ReadingRoom;
let tool: pg.Client;
beforeAll(async () => {
  room = await ReadingRoom.open();
  tool = new pg.Client({ connectionString: room.database.reportingUrl });
  await tool.connect();
});
afterAll(async () => {
  await tool.end();
  await room.close();
});

const rows = async (query: string): Promise<unknown[][]> =>
  (await tool.query<unknown[]>({ text: query, rowMode: 'array' })).rows;

describe('A reporting tool reads the same figures as the query API:', () => {
  it('lines of orders', async () => {
    for (const orderId of [EVENTFUL_ORDER, CANCELLED_ORDER]) {
      const order = await room.read<OrderAnswer>(`/v1/orders/${orderId}`);
      expect(
        await rows(`
          SELECT line_id, sku, quantity::text, amount::integer, discounts::integer, cancelled_quantity::text,
            issued_quantity::text, returned_quantity::text
          FROM reporting.order_lines WHERE order_id = '${orderId}' ORDER BY line_number`),
      ).toEqual(
        order.lines.map((line) => [
          line.lineId,
          line.sku,
          line.quantity,
          line.amount.amount,
          line.discount.amount,
          line.cancelledQuantity,
          line.issuedQuantity,
          line.returnedQuantity,
        ]),
      );
    }
  });

  it('lines that sum to their orders, in whatever state', async () => {
    const sums = await rows(`
      SELECT order_number, total::integer, returned::integer, lines.net::integer
      FROM reporting.orders
      JOIN (SELECT order_id, sum(net) AS net FROM reporting.order_lines GROUP BY 1) AS lines USING (order_id)`);
    expect(sums).toHaveLength(5);
    for (const [, total, returned, net] of sums) expect(net).toBe(Number(total) - Number(returned));
  });

  it('months and running balances of customers', async () => {
    const { months, entries } = await room.read<SalesHistoryAnswer>(
      `/v1/customers/${BERG}/sales-history?limit=500`,
    );
    expect(
      await rows(`
        SELECT to_char(month, 'YYYY-MM'), orders, ordered::integer, net::integer, paid::integer
        FROM reporting.customer_months WHERE customer_id = '${BERG}' ORDER BY month`),
    ).toEqual(
      months.map(({ month, orders, ordered, net, paid }) => [
        month,
        orders,
        ordered.amount,
        net.amount,
        paid.amount,
      ]),
    );
    expect(
      await rows(`
        SELECT position, kind, order_number, balance_after::integer
        FROM reporting.customer_sales_history WHERE customer_id = '${BERG}' ORDER BY occurred_at, position`),
    ).toEqual(
      entries.items.map(({ position, kind, orderNumber, balanceAfter }) => [
        position,
        kind,
        orderNumber,
        balanceAfter.amount,
      ]),
    );
  });

  it.each(['posted', 'current'])('plans, %s', async (attribution) => {
    const { items } = await room.read<{ items: PlanFulfilmentItem[] }>(
      `/v1/plan-fulfilment?attribution=${attribution}`,
    );
    expect(
      await rows(`
        SELECT plan_id, product_group, target::integer, original_target::integer, achieved_${attribution}::integer,
          fulfilment_${attribution}::integer
        FROM reporting.plan_fulfilment ORDER BY period, scope_id, plan_id, coalesce(product_group, '')`),
    ).toEqual(
      items.map((item) => [
        item.planId,
        item.productGroup,
        item.target.amount,
        item.originalTarget?.amount ?? null,
        item.achieved.amount,
        item.fulfilment,
      ]),
    );
  });

  it('turnover', async () => {
    const { items } = await room.read<TurnoverAnswer>('/v1/turnover?by=territory');
    expect(
      await rows(`
        SELECT territory, currency, sum(orders)::integer, sum(net)::integer
        FROM reporting.turnover GROUP BY 1, 2 ORDER BY 1, 2`),
    ).toEqual(items.map(({ key, currency, orders, net }) => [key, currency, orders, net.amount]));
  });

  it('every action', async () => {
    const { items } = await room.read<Items<AuditAction>>('/v1/audit/actions?limit=500');
    expect(items).toHaveLength(room.events.length);
    expect(
      await rows(`
        SELECT position::text, event_id, stream, revision, type, outcome, code, figures, actor_id, role, on_behalf_of,
          authority_kind, authority_reference, branch_id, customer_id, order_id, amount::integer, currency,
          occurred_at, day::text, recorded_at
        FROM reporting.audit_actions a ORDER BY a.position`),
    ).toEqual(
      items.map((action) => [
        action.position,
        action.eventId,
        action.stream,
        action.revision,
        action.type,
        action.outcome,
        action.code,
        action.figures,
        action.actor.actorId,
        action.actor.role,
        action.onBehalfOf,
        action.authority.kind,
        action.authority.reference,
        action.branchId,
        action.customerId,
        action.orderId,
        action.amount?.amount ?? null,
        action.amount?.currency ?? null,
        new Date(action.occurredAt),
        action.occurredAt.slice(0, 10),
        new Date(action.recordedAt),
      ]),
    );
  });
});
