import { describe, expect, it } from '@jest/globals';
import { eventDefinitions } from '#kontor/contracts';
import { projectInMemory } from '../engine/project-in-memory.js';
import { History } from '../testing/history.js';
import * as made from '../testing/mothers.js';
import { aSmallYear } from '../testing/year.js';
import { auditActions } from './projection.js';
import { auditActionsTable } from './rows.js';

const rowsOf = (history: History) => projectInMemory(auditActions, history.events).rows(auditActionsTable);

describe('The audit trail', () => {
  it('has every event there is', () => {
    expect([...auditActions.handles].toSorted()).toEqual(Object.keys(eventDefinitions).toSorted());
    const year = aSmallYear();
    expect(rowsOf(year)).toHaveLength(year.stored.length);
  });

  it('says who acted for whom, under what authority, on what, and how much it was about', () => {
    const shop = { actorId: 'shop', role: 'sales-system', branchId: 'london' } as const;
    expect(rowsOf(new History().add(made.orderPlaced(), { by: shop, onBehalfOf: 'anna' }))).toEqual([
      expect.objectContaining({
        type: 'OrderPlaced',
        outcome: 'accepted',
        actorId: 'shop',
        onBehalfOf: 'anna',
        authorityKind: 'role',
        customerId: made.BERG,
        orderId: made.ORDER,
        amount: 10_000n,
        currency: 'EUR',
        code: null,
        figures: null,
      }),
    ]);
  });

  it('names the command that was refused, the rule, and the figures that the rule saw', () => {
    expect(rowsOf(new History().add(made.commandRefused()))).toEqual([
      expect.objectContaining({
        type: 'GrantDiscount',
        outcome: 'refused',
        code: 'order.discount-limit-exceeded',
        figures: { averageRate: 1200, limit: 1000 },
        orderId: made.ORDER,
      }),
    ]);
  });

  it('takes the branch of who acted where the event names none', () => {
    const plan = made.salesPlanSet();
    const { branchId: _, ...data } = plan.data;
    expect(rowsOf(new History().add({ ...plan, data }))).toMatchObject([{ branchId: 'london' }]);
  });
});
