import type { LoggedEvent, OrderEvent } from '#kontor/contracts';
import { add, insert, projection, set, type Change } from '../engine/projection.js';
import { occurrence } from '../occurrence.js';
import { orderChangesTable, ordersTable, type OrderRow } from './rows.js';

type Sums = Partial<Pick<OrderRow, 'ordered' | 'discounts' | 'issued' | 'returned' | 'paid'>>;

const keep = (event: LoggedEvent<OrderEvent>): Change => {
  const { orderId, customerId, branchId, accountManagerId, territory, currency, ...details } = event.data;
  const { occurredAt, utcOffset } = occurrence(event);
  return insert(orderChangesTable, {
    orderId,
    revision: event.revision,
    position: event.position,
    kind: event.type,
    occurredAt,
    utcOffset,
    details,
  });
};

const change = (event: LoggedEvent<OrderEvent>, sums: Sums, columns: Partial<OrderRow> = {}): Change[] => {
  const key = { orderId: event.data.orderId };
  return [
    add(ordersTable, key, sums),
    set(ordersTable, key, { ...columns, revision: event.revision }),
    keep(event),
  ];
};

export const orders = projection('orders', 2, [ordersTable, orderChangesTable], {
  OrderPlaced: (event) => {
    const { lines, evidence, listTotal, total, orderNumber, ...facts } = event.data;
    const { occurredAt, utcOffset, day } = occurrence(event);
    const row = {
      ...facts,
      orderNumber: orderNumber ?? null,
      status: 'open',
      placedAt: occurredAt,
      utcOffset,
      placedOn: day,
      listTotal: listTotal.amount,
      ordered: total.amount,
      discounts: 0,
      issued: 0,
      returned: 0,
      paid: 0,
      linesRevision: event.revision,
      revision: event.revision,
    } as const;
    return [insert(ordersTable, row), keep(event)];
  },
  OrderAmended: (event) => {
    const { amount, listTotal } = event.data;
    const columns = { listTotal: listTotal.amount, linesRevision: event.revision };
    return change(event, { ordered: amount.amount }, columns);
  },
  OrderCancelled: (event) => change(event, { ordered: -event.data.amount.amount }, { status: 'cancelled' }),
  DiscountGranted: (event) => change(event, { discounts: event.data.amount.amount }),
  DiscountWithdrawn: (event) => change(event, { discounts: -event.data.amount.amount }),
  PaymentReceived: (event) => change(event, { paid: event.data.amount.amount }),
  PaymentReversed: (event) => change(event, { paid: -event.data.amount.amount }),
  GoodsIssued: (event) => change(event, { issued: event.data.amount.amount }),
  GoodsReturned: (event) => change(event, { returned: event.data.amount.amount }),
});
