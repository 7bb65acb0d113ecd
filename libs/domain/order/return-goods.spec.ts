import { describe, test } from '@jest/globals';
import {
  discountGranted,
  goodsIssued,
  goodsReturned,
  orderCancelled,
  orderLine,
  orderPlaced,
  paymentReceived,
} from '../testing/order-mother.js';
import { scenario } from '../testing/scenario.js';
import { eur, facts, lineId, ORDER_ID, uuid } from '../testing/values.js';
import { order } from './order.js';
import { returnGoods, type ReturnGoods } from './return-goods.js';

const given = scenario(order);
const returning = (quantity: string, command: Partial<ReturnGoods> = {}): ReturnGoods => ({
  orderId: ORDER_ID,
  returnId: uuid(40),
  lines: [{ lineId: lineId(0), quantity }],
  reason: 'faulty',
  ...command,
});
const again = { returnId: uuid(41) };

describe('Returning goods', () => {
  test('takes off what the pieces cost after their share of discounts', () => {
    given(
      orderPlaced([orderLine(0), orderLine(1)]),
      discountGranted(20_000, [1000, 1000]),
      paymentReceived(18_000),
    )
      .when(returnGoods, returning('2.5'), facts())
      .records('GoodsReturned', {
        amount: eur(22.5),
        balanceBefore: eur(0),
        balanceAfter: eur(-22.5),
        lines: [{ quantity: '2.5', amount: eur(22.5) }],
      });
  });

  test('takes off exactly what the line still cost once all of it came back', () => {
    const placed = orderPlaced([orderLine(0, { quantity: '3', unitPrice: '0.333333' })]);
    const first = given(placed)
      .when(returnGoods, returning('2'), facts())
      .records('GoodsReturned', { amount: eur(0.67) });
    given(placed, first)
      .when(returnGoods, returning('1', again), facts())
      .records('GoodsReturned', { amount: eur(0.33), balanceAfter: eur(0) });
  });

  test('never costs the customer anything, though a discount came in between', () => {
    const history = [
      orderPlaced(),
      goodsReturned({ quantity: '5', amount: 5000 }),
      discountGranted(10_000, [4500], { discountId: uuid(11) }),
    ];
    const next = given(...history)
      .when(returnGoods, returning('1', again), facts())
      .records('GoodsReturned', { amount: eur(0) });
    given(...history, next)
      .when(returnGoods, returning('4', { returnId: uuid(42) }), facts())
      .records('GoodsReturned', { amount: eur(5), balanceAfter: eur(0) });
  });

  test('is refused beyond what was ordered less what was returned', () => {
    given(orderPlaced(), goodsReturned({ quantity: '8', amount: 8000 }))
      .when(returnGoods, returning('3', again), facts())
      .refuses('order.over-return', { lineId: lineId(0), asked: '3', left: '2' });
  });

  test('takes issued goods back on a cancelled order, down to a balance of 0', () => {
    given(
      orderPlaced(),
      goodsIssued({ quantity: '4', amount: 4000 }),
      orderCancelled(10_000, [{ quantity: '6', amount: 6000 }]),
    )
      .when(returnGoods, returning('4'), facts())
      .records('GoodsReturned', { amount: eur(40), balanceBefore: eur(40), balanceAfter: eur(0) });
  });

  test('is refused on a cancelled order beyond what was issued', () => {
    given(
      orderPlaced(),
      goodsIssued({ quantity: '4', amount: 4000 }),
      orderCancelled(10_000, [{ quantity: '6', amount: 6000 }]),
    )
      .when(returnGoods, returning('5'), facts())
      .refuses('order.over-return', { left: '4' });
  });

  test('repeats what it did for the same id and content', () => {
    given(orderPlaced(), goodsReturned({ quantity: '8', amount: 8000 }))
      .when(returnGoods, returning('8'), facts())
      .repeats(1);
  });

  test('is refused for the same id with other content', () => {
    given(orderPlaced(), goodsReturned({ quantity: '8', amount: 8000 }))
      .when(returnGoods, returning('8', { reason: 'wrong colour' }), facts())
      .refuses('order.return-id-reused', { returnId: uuid(40) });
  });
});
