import { describe, expect, it } from '@jest/globals';
import type { DomainEvent } from '#kontor/contracts';
import { History } from '../testing/history.js';
import * as made from '../testing/mothers.js';
import { eur, line, lineId, moved, share } from '../testing/mothers.js';
import { aSmallYear, EVENTFUL_ORDER } from '../testing/year.js';
import { orderFrom } from './queries.js';

const after = (...events: DomainEvent[]) =>
  orderFrom(
    events.reduce((history, event) => history.add(event), new History().add(made.orderPlaced())).events,
  );

describe('An order, as it stands', () => {
  it('costs what was placed and owes all of it', () => {
    expect(after()).toMatchObject({ status: 'open', total: eur(100), balance: eur(100), revision: 0 });
  });

  it.each<[string, DomainEvent, object]>([
    ['a discount', made.discountGranted(), { total: eur(90), balance: eur(90) }],
    ['a cancellation', made.orderCancelled(), { status: 'cancelled', total: eur(0), balance: eur(0) }],
    ['an issue of goods', made.goodsIssued(), { issued: eur(100), balance: eur(100) }],
    ['a return', made.goodsReturned(), { total: eur(100), returned: eur(25), balance: eur(75) }],
    ['a payment', made.paymentReceived(), { paid: eur(50), balance: eur(50) }],
    ['an overpayment', made.paymentReceived({ amount: eur(120) }), { balance: eur(-20) }],
  ])('follows %s', (_what, event, fields) => {
    expect(after(event)).toMatchObject({ ...fields, revision: 1 });
  });

  it('keeps a withdrawn discount and a reversed payment in sight', () => {
    const order = after(
      made.discountGranted(),
      made.discountWithdrawn(),
      made.paymentReceived(),
      made.paymentReversed(),
    );
    expect(order).toMatchObject({
      total: eur(100),
      balance: eur(100),
      discounts: [{ amount: eur(10), withdrawnAt: '2011-11-11T12:00:00.000+00:00' }],
      payments: [{ amount: eur(50), reversedAt: '2011-11-11T12:00:00.000+00:00' }],
    });
  });

  it('has only the lines of its last amendment, with the discounts as they lie on them then', () => {
    const order = after(
      made.discountGranted(),
      made.orderAmended({
        amendedLines: [line(2, eur(60))],
        amount: eur(-40),
        lines: [share(1, eur(-90)), share(2, eur(50))],
      }),
    );
    expect(order?.lines).toEqual([
      expect.objectContaining({ lineId: lineId(2), amount: eur(60), discount: eur(10) }),
    ]);
    expect(order?.total).toEqual(eur(50));
  });

  it('tells for each line what was issued, returned and cancelled', () => {
    const order = after(
      made.goodsIssued({ lines: [moved(1, eur(60), '0.6')] }),
      made.goodsReturned({ lines: [moved(1, eur(10), '0.1')] }),
      made.goodsReturned({ lines: [moved(1, eur(20), '0.2')] }),
      made.orderCancelled({ amount: eur(40), lines: [moved(1, eur(40), '0.4')] }),
    );
    expect(order?.lines).toEqual([
      expect.objectContaining({ issuedQuantity: '0.6', returnedQuantity: '0.3', cancelledQuantity: '0.4' }),
    ]);
  });

  it('is not there before it was placed', () => {
    expect(orderFrom(new History().add(made.paymentReceived()).events)).toBeUndefined();
  });

  it('is never in the red by a rounding: the lines of an eventful order sum to its total', () => {
    const events = aSmallYear().events.filter(({ stream }) => stream === `order-${EVENTFUL_ORDER}`);
    const order = orderFrom(events);
    const cost = order?.lines.reduce((sum, { amount, discount }) => sum + amount.amount - discount.amount, 0);
    expect(order).toMatchObject({ total: eur(150), balance: eur(64) });
    expect(cost).toBe(15_000);
  });
});
