import { describe, test } from '@jest/globals';
import {
  discountGranted,
  goodsReturned,
  orderCancelled,
  orderLine,
  orderPlaced,
} from '../testing/order-mother.js';
import { scenario } from '../testing/scenario.js';
import { eur, facts, lineId, ORDER_ID, percent, uuid, yen } from '../testing/values.js';
import { grantDiscount, type GrantDiscount } from './grant-discount.js';
import { order } from './order.js';

const given = scenario(order);

const discount = (asked: Partial<GrantDiscount>): GrantDiscount => ({
  orderId: ORDER_ID,
  discountId: uuid(10),
  reason: 'loyal',
  ...asked,
});

describe('Granting a discount', () => {
  test('takes a rate off the order, spread over its lines in proportion to their cost', () => {
    given(orderPlaced([orderLine(0), orderLine(1, { quantity: '5', productGroup: 'toys' })]))
      .when(grantDiscount, discount({ rate: percent(10) }), facts())
      .records('DiscountGranted', {
        scope: 'order',
        asked: { rate: 1000 },
        amount: eur(15),
        totalBefore: eur(150),
        totalAfter: eur(135),
        evidence: {
          policyId: 'test-policy',
          policyVersion: 3,
          ruleId: 'account-manager',
          averageRate: 1000,
          limit: 1000,
        },
        lines: [
          { lineId: lineId(0), amount: eur(10) },
          { lineId: lineId(1), productGroup: 'toys', amount: eur(5) },
        ],
      });
  });

  test('takes an amount off one line', () => {
    given(orderPlaced([orderLine(0), orderLine(1)]))
      .when(grantDiscount, discount({ scope: lineId(1), amount: eur(3) }), facts())
      .records('DiscountGranted', {
        scope: lineId(1),
        amount: eur(3),
        lines: [{ lineId: lineId(1), amount: eur(3) }],
      });
  });

  test('stacks on the discounted amount: 2 % then 11 % take 12.78 %', () => {
    given(orderPlaced(), discountGranted(10_000, [200]))
      .when(
        grantDiscount,
        discount({ discountId: uuid(11), rate: percent(11) }),
        facts({ limit: percent(12.78) }),
      )
      .records('DiscountGranted', {
        amount: eur(10.78),
        totalAfter: eur(87.22),
        evidence: { averageRate: 1278 },
      });
  });

  test('stacks on what a line costs after its share of earlier discounts', () => {
    given(orderPlaced([orderLine(0), orderLine(1)]), discountGranted(20_000, [1000, 1000]))
      .when(
        grantDiscount,
        discount({ discountId: uuid(11), scope: lineId(0), rate: percent(10) }),
        facts({ limit: percent(50) }),
      )
      .records('DiscountGranted', { amount: eur(9), totalAfter: eur(171) });
  });

  test('is refused above the limit, with the roles that could grant it', () => {
    given(orderPlaced())
      .when(grantDiscount, discount({ rate: percent(12) }), facts({ limit: percent(10) }))
      .refuses('order.discount-limit-exceeded', {
        averageRate: 1200,
        limit: 1000,
        grantableBy: ['branch-director', 'commercial-director', 'general-director'],
      });
  });

  test('counts price cuts on lines together with discounts', () => {
    given(orderPlaced([orderLine(0, { listPrice: '10.00', unitPrice: '9.50' })]))
      .when(grantDiscount, discount({ rate: percent(6) }), facts({ limit: percent(10) }))
      .refuses('order.discount-limit-exceeded', { averageRate: 1070, limit: 1000 });
  });

  test('repeats what it did for the same id and content', () => {
    given(orderPlaced(), discountGranted(10_000, [500], { asked: { rate: 500 } }))
      .when(grantDiscount, discount({ rate: 500 }), facts())
      .repeats(1);
  });

  test('repeats what it did on an order that is cancelled since', () => {
    given(
      orderPlaced(),
      discountGranted(10_000, [500], { asked: { rate: 500 } }),
      orderCancelled(9500, [{ quantity: '10', amount: 9500 }]),
    )
      .when(grantDiscount, discount({ rate: 500 }), facts())
      .repeats(1);
  });

  test('is refused for the same id with other content', () => {
    given(orderPlaced(), discountGranted(10_000, [500], { asked: { rate: 500 } }))
      .when(grantDiscount, discount({ rate: 501 }), facts())
      .refuses('order.discount-id-reused', { discountId: uuid(10) });
  });

  test('is refused on a cancelled order', () => {
    given(orderPlaced(), orderCancelled(10_000, [{ quantity: '10', amount: 10_000 }]))
      .when(grantDiscount, discount({ rate: 100 }), facts())
      .refuses('order.not-open', { status: 'cancelled' });
  });

  test('takes nothing off an order of 0, whose rate is 0', () => {
    given(orderPlaced([orderLine(0, { unitPrice: '0' })]))
      .when(grantDiscount, discount({ rate: percent(100) }), facts({ limit: 0 }))
      .records('DiscountGranted', { amount: eur(0), evidence: { averageRate: 0 }, lines: [] });
  });

  test('may go to 100 % where the limit allows it', () => {
    given(orderPlaced())
      .when(grantDiscount, discount({ rate: percent(100) }), facts({ limit: percent(100) }))
      .records('DiscountGranted', { totalAfter: eur(0) });
  });

  test.each([
    ['both a rate and an amount', { rate: 100, amount: eur(1) }, 'order.discount-rate-or-amount'],
    ['neither a rate nor an amount', {}, 'order.discount-rate-or-amount'],
    ['a rate of 0', { rate: 0 }, 'order.discount-not-positive'],
    ['a negative amount', { amount: eur(-1) }, 'order.discount-not-positive'],
    ['more than the order costs', { amount: eur(100.01) }, 'order.discount-exceeds-total'],
    ['more than 100 %', { rate: 10_001 }, 'order.discount-exceeds-total'],
    ['an amount in another currency', { amount: yen(100) }, 'currency-mismatch'],
    ['a line that is not there', { scope: lineId(7), rate: 100 }, 'order.line-unknown'],
  ] as const)('is refused for %s', (_case, asked, code) => {
    given(orderPlaced())
      .when(grantDiscount, discount(asked), facts({ limit: percent(100) }))
      .refuses(code);
  });

  test('lies on what is left after returns', () => {
    given(orderPlaced([orderLine(0), orderLine(1)]), goodsReturned({ quantity: '10', amount: 10_000 }))
      .when(grantDiscount, discount({ rate: percent(10) }), facts())
      .records('DiscountGranted', { amount: eur(20), lines: [{ lineId: lineId(1), amount: eur(20) }] });
  });

  test('is refused where it would take off what returns took off already', () => {
    given(orderPlaced(), goodsReturned({ quantity: '9', amount: 9000 }))
      .when(grantDiscount, discount({ rate: percent(11) }), facts({ limit: percent(20) }))
      .refuses('order.line-returned', { amount: 1100, remaining: 1000 });
  });
});
