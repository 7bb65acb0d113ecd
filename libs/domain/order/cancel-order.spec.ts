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
import { eur, facts, lineId, ORDER_ID, uuid } from '../testing/values.js';
import { cancelOrder } from './cancel-order.js';
import { order } from './order.js';

const given = scenario(order);
const cancellation = { orderId: ORDER_ID, reason: 'the customer changed their mind' };

describe('Cancelling an order', () => {
  test('takes off everything where nothing was issued', () => {
    given(orderPlaced([orderLine(0), orderLine(1)]), discountGranted(20_000, [1000, 1000]))
      .when(cancelOrder, cancellation, facts())
      .records('OrderCancelled', {
        amount: eur(180),
        totalBefore: eur(180),
        totalAfter: eur(0),
        lines: [
          { lineId: lineId(0), quantity: '10', amount: eur(90) },
          { lineId: lineId(1), quantity: '10', amount: eur(90) },
        ],
      });
  });

  test('leaves issued goods due', () => {
    given(orderPlaced(), goodsIssued({ quantity: '2.5', amount: 2500 }))
      .when(cancelOrder, cancellation, facts())
      .records('OrderCancelled', { totalAfter: eur(25), lines: [{ quantity: '7.5', amount: eur(75) }] });
  });

  test('keeps what came back, which was taken off already', () => {
    given(orderPlaced(), goodsReturned({ quantity: '4', amount: 4000 }))
      .when(cancelOrder, cancellation, facts())
      .records('OrderCancelled', { amount: eur(60), totalAfter: eur(40) });
  });

  test('leaves nobody owing where a discount came after the return of all that was issued', () => {
    given(
      orderPlaced(),
      goodsIssued({ quantity: '5', amount: 5000 }),
      goodsReturned({ quantity: '5', amount: 5000 }),
      discountGranted(10_000, [4000], { discountId: uuid(11) }),
    )
      .when(cancelOrder, cancellation, facts())
      .records('OrderCancelled', { amount: eur(10), totalAfter: eur(50) });
  });

  test('closes an order of which everything was issued', () => {
    given(orderPlaced(), goodsIssued({ quantity: '10', amount: 10_000 }))
      .when(cancelOrder, cancellation, facts())
      .records('OrderCancelled', { amount: eur(0), lines: [] });
  });

  test('changes nothing the second time', () => {
    given(orderPlaced(), orderCancelled(10_000, [{ quantity: '10', amount: 10_000 }]))
      .when(cancelOrder, cancellation, facts())
      .changesNothing();
  });
});
