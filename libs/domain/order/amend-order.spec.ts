import { describe, test } from '@jest/globals';
import {
  discountGranted,
  goodsIssued,
  goodsReturned,
  orderCancelled,
  orderLine,
  orderPlaced,
} from '../testing/order-mother.js';
import { scenario } from '../testing/scenario.js';
import { eur, facts, lineId, ORDER_ID, percent, uuid } from '../testing/values.js';
import { amendOrder } from './amend-order.js';
import { order } from './order.js';
import type { OrderedLine } from './price-lines.js';

const given = scenario(order);
const amendment = (...lines: readonly OrderedLine[]) => ({ orderId: ORDER_ID, lines, reason: 'more cloth' });
const line = (index: number, quantity = '10', unitPrice = '10.00'): OrderedLine => ({
  lineId: lineId(index),
  sku: `sku-${index}`,
  quantity,
  unitPrice,
});

describe('Amending an order', () => {
  test('replaces the lines and tells what each costs more or less, also one that is gone', () => {
    given(orderPlaced([orderLine(0), orderLine(1)]))
      .when(amendOrder, amendment(line(0, '12'), line(2, '1')), facts())
      .records('OrderAmended', {
        amendedLines: [{ lineId: lineId(0), quantity: '12' }, { lineId: lineId(2) }],
        listTotal: eur(130),
        totalBefore: eur(200),
        totalAfter: eur(130),
        amount: eur(-70),
        lines: [
          { lineId: lineId(0), amount: eur(20) },
          { lineId: lineId(2), amount: eur(10) },
          { lineId: lineId(1), amount: eur(-100) },
        ],
      });
  });

  test('leaves the amounts of discounts as they are and spreads those on the whole order anew', () => {
    given(
      orderPlaced([orderLine(0), orderLine(1)]),
      discountGranted(20_000, [1000], { scope: lineId(0) }),
      discountGranted(19_000, [900, 1000], { discountId: uuid(11) }),
    )
      .when(amendOrder, amendment(line(0), line(1, '1')), facts({ limit: percent(50) }))
      .records('OrderAmended', {
        totalBefore: eur(171),
        totalAfter: eur(81),
        lines: [
          { lineId: lineId(0), amount: eur(-8.1) },
          { lineId: lineId(1), amount: eur(-81.9) },
        ],
        discounts: [
          {
            discountId: uuid(11),
            shares: [
              { lineId: lineId(0), amount: eur(17.1) },
              { lineId: lineId(1), amount: eur(1.9) },
            ],
          },
        ],
      });
  });

  test('changes nothing where the lines are the same', () => {
    given(orderPlaced([orderLine(0)]))
      .when(amendOrder, amendment(line(0)), facts())
      .changesNothing();
  });

  test('is refused where the outcome goes beyond the limit of whoever amends', () => {
    given(orderPlaced())
      .when(amendOrder, amendment({ ...line(0, '10', '8.00'), listPrice: '10.00' }), facts())
      .refuses('order.discount-limit-exceeded', { averageRate: 2000 });
  });

  test('is refused where stored discounts weigh too much on fewer goods', () => {
    given(orderPlaced(), discountGranted(10_000, [1000]))
      .when(amendOrder, amendment(line(0, '5')), facts())
      .refuses('order.discount-limit-exceeded', { averageRate: 2000 });
  });

  test('is refused below what was issued', () => {
    given(orderPlaced(), goodsIssued({ quantity: '4', amount: 4000 }))
      .when(amendOrder, amendment(line(0, '3')), facts())
      .refuses('order.amended-below-issued', { lineId: lineId(0), moved: '4', left: '3' });
  });

  test('may go down to what was issued', () => {
    given(orderPlaced(), goodsIssued({ quantity: '4', amount: 4000 }))
      .when(amendOrder, amendment(line(0, '4')), facts())
      .records('OrderAmended', { totalAfter: eur(40) });
  });

  test('is refused where issued goods would become others', () => {
    given(orderPlaced(), goodsIssued({ quantity: '4', amount: 4000 }))
      .when(amendOrder, amendment({ ...line(0), sku: 'silk' }), facts())
      .refuses('order.amended-below-issued', { left: '0' });
  });

  test('is refused below what was returned', () => {
    given(orderPlaced(), goodsReturned({ quantity: '4', amount: 4000 }))
      .when(amendOrder, amendment(line(1)), facts())
      .refuses('order.amended-below-issued', { moved: '4' });
  });

  test('is refused where a line would cost less than its returns took off', () => {
    given(orderPlaced(), goodsReturned({ quantity: '4', amount: 4000 }))
      .when(amendOrder, amendment(line(0, '10', '3.00')), facts())
      .refuses('order.line-returned', { lineId: lineId(0) });
  });

  test('leaves the discounts of goods that all came back where they are', () => {
    given(
      orderPlaced([orderLine(0), orderLine(1)]),
      discountGranted(20_000, [500, 500]),
      goodsReturned({ quantity: '10', amount: 9500 }),
    )
      .when(amendOrder, amendment(line(0), line(1, '20')), facts())
      .records('OrderAmended', { totalAfter: eur(290), lines: [{ lineId: lineId(1), amount: eur(100) }] });
  });

  test.each([
    ['the line of a discount is gone', { scope: lineId(0) }, amendment(line(1))],
    ['a line costs less than its discounts', { scope: lineId(0) }, amendment(line(0, '0.5'))],
    ['the order costs less than its discounts', {}, amendment(line(1, '0.5'))],
  ])('is refused where %s', (_case, scope, command) => {
    given(orderPlaced(), discountGranted(10_000, [1000], scope))
      .when(amendOrder, command, facts({ limit: percent(100) }))
      .refuses('order.amended-below-discounts');
  });

  test('is refused on a cancelled order', () => {
    given(orderPlaced(), orderCancelled(10_000, [{ quantity: '10', amount: 10_000 }]))
      .when(amendOrder, amendment(line(0, '5')), facts())
      .refuses('order.not-open');
  });

  test('is refused without lines', () => {
    given(orderPlaced()).when(amendOrder, amendment(), facts()).refuses('order.no-lines');
  });
});
