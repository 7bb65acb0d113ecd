import { describe, expect, it } from '@jest/globals';
import { eventDefinitions } from '#kontor/contracts';
import { projectInMemory } from '../engine/project-in-memory.js';
import { History } from '../testing/history.js';
import * as made from '../testing/mothers.js';
import { aSmallYear } from '../testing/year.js';
import { auditActions } from './projection.js';
import { auditActionsTable } from './rows.js';

const rowsOf = (history: History) => projectInMemory(auditActions, history.events).rows(auditActionsTable);
const actionsOf = (history: History) => rowsOf(history).map(({ action }) => action);

describe('The audit trail', () => {
  it('has every event there is', () => {
    expect([...auditActions.handles].toSorted()).toEqual(Object.keys(eventDefinitions).toSorted());
    const year = aSmallYear();
    expect(rowsOf(year)).toHaveLength(year.stored.length);
  });

  it('says who acted for whom, under what authority, on what, and how much it was about', () => {
    const shop = { actorId: 'shop', role: 'sales-system', branchId: 'london' } as const;
    expect(actionsOf(new History().add(made.orderPlaced(), { by: shop, onBehalfOf: 'anna' }))).toEqual([
      expect.objectContaining({
        type: 'OrderPlaced',
        outcome: 'accepted',
        actor: { actorId: 'shop', role: 'sales-system' },
        onBehalfOf: 'anna',
        authority: { kind: 'role', reference: 'sales-system' },
        customerId: made.BERG,
        orderId: made.ORDER,
        amount: { amount: 10_000, currency: 'EUR' },
        code: null,
        figures: null,
      }),
    ]);
  });

  it('names the command that was refused, the rule, and the figures that the rule saw', () => {
    expect(actionsOf(new History().add(made.commandRefused()))).toEqual([
      expect.objectContaining({
        type: 'GrantDiscount',
        outcome: 'refused',
        code: 'order.discount-limit-exceeded',
        figures: { averageRate: 1200, limit: 1000 },
        orderId: made.ORDER,
      }),
    ]);
  });

  it('takes the branch that the event names, else that of who acted', () => {
    const plan = made.salesPlanSet();
    const { branchId: _, ...data } = plan.data;
    const elsewhere = { ...plan, data: { ...data, branchId: 'berlin' } };
    expect(actionsOf(new History().add(elsewhere).add({ ...plan, data }))).toMatchObject([
      { branchId: 'berlin' },
      { branchId: 'london' },
    ]);
  });

  it('writes ids as other answers do, however the caller did', () => {
    const placed = made.orderPlaced();
    const [orderId, customerId] = [
      'ABCDEF00-0000-4000-8000-000000000001',
      'ABCDEF00-0000-4000-8000-000000000002',
    ];
    const shouted = { ...placed, data: { ...placed.data, orderId, customerId } };
    expect(actionsOf(new History().add(shouted))).toMatchObject([
      { orderId: orderId.toLowerCase(), customerId: customerId.toLowerCase() },
    ]);
  });

  it('can be looked up by what it tells', () => {
    for (const { action, ...columns } of rowsOf(aSmallYear())) {
      const { position, type, outcome, actor, onBehalfOf, branchId, customerId, orderId, occurredAt } =
        action;
      expect(columns).toEqual({
        position: BigInt(position),
        type,
        outcome,
        actorId: actor.actorId,
        onBehalfOf,
        branchId,
        customerId,
        orderId,
        day: occurredAt.slice(0, 10),
      });
    }
  });
});
