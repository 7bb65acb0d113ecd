import { describe, expect, it } from '@jest/globals';
import type { DomainEvent } from '#kontor/contracts';
import { projectInMemory } from '../engine/project-in-memory.js';
import { History } from '../testing/history.js';
import * as made from '../testing/mothers.js';
import { eur } from '../testing/mothers.js';
import { customerSalesHistory } from './projection.js';
import { customerSalesHistoryTable } from './rows.js';

const rowsOf = (history: History) =>
  projectInMemory(customerSalesHistory, history.events).rows(customerSalesHistoryTable);

const none = { orders: 0, ordered: 0n, discounts: 0n, credited: 0n, paid: 0n };

describe("A customer's ledger", () => {
  it.each<[string, DomainEvent, object]>([
    ['an order placed', made.orderPlaced(), { orders: 1, ordered: 10_000n }],
    ['an amendment', made.orderAmended({ amount: eur(-20) }), { ordered: -2_000n }],
    ['a cancellation', made.orderCancelled({ amount: eur(60) }), { orders: -1, ordered: -6_000n }],
    ['a discount', made.discountGranted({ amount: eur(10) }), { discounts: 1_000n }],
    ['a withdrawal', made.discountWithdrawn({ amount: eur(10) }), { discounts: -1_000n }],
    ['a return', made.goodsReturned({ amount: eur(25) }), { credited: 2_500n }],
    ['a credit note', made.creditNoted({ amount: eur(5) }), { credited: 500n }],
    ['a payment', made.paymentReceived({ amount: eur(50) }), { paid: 5_000n }],
    ['a reversal', made.paymentReversed({ amount: eur(50) }), { paid: -5_000n }],
  ])('counts %s', (_what, event, columns) => {
    expect(rowsOf(new History().add(event))).toEqual([
      expect.objectContaining({ customerId: made.BERG, kind: event.type, ...none, ...columns }),
    ]);
  });

  it('has no row for what changes neither sales nor debt', () => {
    expect(rowsOf(new History().add(made.goodsIssued()).add(made.customerBlocked()))).toEqual([]);
  });

  it('counts an event on the business day of the branch, wherever the instant falls in UTC', () => {
    const history = new History().add(made.orderPlaced(), { at: '2011-07-01T00:30:00.000+02:00' });
    expect(rowsOf(history)).toEqual([
      expect.objectContaining({ day: '2011-07-01', occurredAt: '2011-06-30T22:30:00.000Z', utcOffset: 120 }),
    ]);
  });
});
