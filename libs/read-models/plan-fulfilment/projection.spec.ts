import { describe, expect, it } from '@jest/globals';
import type { DomainEvent } from '#kontor/contracts';
import { projectInMemory } from '../engine/project-in-memory.js';
import { History } from '../testing/history.js';
import * as made from '../testing/mothers.js';
import { eur, line } from '../testing/mothers.js';
import { daysOf } from './period.js';
import { planFulfilment } from './projection.js';
import { planContributionsTable, planCustomersTable, salesPlansTable } from './rows.js';

const after = (...events: DomainEvent[]) =>
  projectInMemory(
    planFulfilment,
    events.reduce((history, event) => history.add(event), new History()).events,
  );

const none = { ordered: 0n, issued: 0n, paid: 0n };

describe('What counts for sales plans', () => {
  it.each<[string, DomainEvent, object]>([
    ['an order placed', made.orderPlaced(), { ordered: 10_000n }],
    ['an amendment', made.orderAmended(), { ordered: -2_000n }],
    ['a cancellation', made.orderCancelled(), { ordered: -10_000n }],
    ['a discount', made.discountGranted(), { ordered: -1_000n }],
    ['a withdrawal', made.discountWithdrawn(), { ordered: 1_000n }],
    ['goods issued', made.goodsIssued(), { issued: 10_000n }],
    ['goods returned', made.goodsReturned(), { ordered: -2_500n, issued: -2_500n }],
    ['a credit note', made.creditNoted(), { ordered: -500n }],
    ['a payment', made.paymentReceived(), { paid: 5_000n }],
    ['a reversal', made.paymentReversed(), { paid: -5_000n }],
  ])('is %s', (_what, event, measures) => {
    expect(after(event).rows(planContributionsTable)).toEqual([
      expect.objectContaining({
        productGroup: '',
        accountManagerId: 'anna',
        branchId: 'london',
        ...none,
        ...measures,
      }),
    ]);
  });

  it('is split by product group', () => {
    const groups = [
      line(1, eur(1), { productGroup: 'linen' }),
      line(2, eur(2)),
      line(3, eur(4), { productGroup: 'linen' }),
    ];
    const rows = after(made.orderPlaced({ lines: groups })).rows(planContributionsTable);
    expect(rows.map(({ productGroup, ordered }) => [productGroup, ordered])).toEqual([
      ['linen', 500n],
      ['', 200n],
    ]);
  });

  it('goes by whose customer it was and by whose it is now', () => {
    const tables = after(made.customerRegistered(), made.orderPlaced(), made.customerReassigned());
    expect(tables.rows(planContributionsTable)).toMatchObject([{ accountManagerId: 'anna' }]);
    expect(tables.rows(planCustomersTable)).toEqual([
      { customerId: made.BERG, accountManagerId: 'ben', branchId: 'london' },
    ]);
  });
});

describe('A sales plan', () => {
  it('keeps the original targets beside the revised', () => {
    expect(after(made.salesPlanSet(), made.salesPlanRevised()).rows(salesPlansTable)).toEqual([
      expect.objectContaining({
        targets: [{ target: eur(1200) }],
        originalTargets: [{ target: eur(1000) }],
        closed: false,
      }),
    ]);
  });

  it('can be closed', () => {
    expect(after(made.salesPlanSet(), made.salesPlanClosed()).rows(salesPlansTable)).toEqual([
      expect.objectContaining({ closed: true, revision: 1 }),
    ]);
  });

  it.each([
    ['2011', '2011-01-01', '2011-12-31'],
    ['2011-Q1', '2011-01-01', '2011-03-31'],
    ['2011-Q4', '2011-10-01', '2011-12-31'],
    ['2012-02', '2012-02-01', '2012-02-29'],
    ['2011-11', '2011-11-01', '2011-11-30'],
  ])('of %s runs from %s to %s', (period, startsOn, endsOn) => {
    expect(daysOf(period)).toEqual({ startsOn, endsOn });
  });
});
