import { describe, expect, it } from '@jest/globals';
import type { DomainEvent } from '#kontor/contracts';
import { projectInMemory } from '../engine/project-in-memory.js';
import { History } from '../testing/history.js';
import * as made from '../testing/mothers.js';
import { eur, line, moved } from '../testing/mothers.js';
import { turnover } from './projection.js';
import { turnoverTable } from './rows.js';

const after = (...events: DomainEvent[]) =>
  projectInMemory(turnover, events.reduce((history, event) => history.add(event), new History()).events).rows(
    turnoverTable,
  );

const none = { orders: 0, ordersInGroup: 0, ordered: 0n, discounts: 0n, credited: 0n };

describe('Turnover', () => {
  it.each<[string, DomainEvent, object]>([
    ['an order placed', made.orderPlaced(), { orders: 1, ordersInGroup: 1, ordered: 10_000n }],
    ['an amendment', made.orderAmended(), { ordered: -2_000n }],
    ['a cancellation', made.orderCancelled(), { orders: -1, ordersInGroup: -1, ordered: -10_000n }],
    ['a discount', made.discountGranted(), { discounts: 1_000n }],
    ['a withdrawal', made.discountWithdrawn(), { discounts: -1_000n }],
    ['a return', made.goodsReturned(), { credited: 2_500n }],
    ['a credit note', made.creditNoted(), { credited: 500n }],
  ])('counts %s', (_what, event, sums) => {
    expect(after(event)).toEqual([expect.objectContaining({ day: '2011-11-11', ...none, ...sums })]);
  });

  it('takes no notice of payments and issues', () => {
    expect(after(made.paymentReceived(), made.goodsIssued())).toEqual([]);
  });

  it('adds up the orders of a day, each once over all product groups', () => {
    const groups = [line(1, eur(1), { productGroup: 'linen' }), line(2, eur(2), { productGroup: 'cotton' })];
    const rows = after(
      made.orderPlaced({ lines: groups }),
      made.orderPlaced({ orderId: made.lineId(900), lines: groups }),
      made.orderCancelled({ lines: [moved(2, eur(2), '1', 'cotton')] }),
    );
    expect(
      rows.map(({ productGroup, orders, ordersInGroup }) => [productGroup, orders, ordersInGroup]),
    ).toEqual([
      ['linen', 2, 2],
      ['cotton', -1, 1],
    ]);
  });
});
