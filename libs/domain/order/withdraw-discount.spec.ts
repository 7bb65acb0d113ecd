import { describe, test } from '@jest/globals';
import {
  discountGranted,
  discountWithdrawn,
  goodsReturned,
  orderCancelled,
  orderLine,
  orderPlaced,
} from '../testing/order-mother.js';
import { scenario } from '../testing/scenario.js';
import { eur, facts, lineId, ORDER_ID, uuid } from '../testing/values.js';
import { order } from './order.js';
import { withdrawDiscount } from './withdraw-discount.js';

const given = scenario(order);
const withdrawal = { orderId: ORDER_ID, discountId: uuid(10), reason: 'granted by mistake' };

describe('Withdrawing a discount', () => {
  test('gives back its stored amount to the lines it lay on', () => {
    given(orderPlaced([orderLine(0), orderLine(1)]), discountGranted(20_000, [300, 200]))
      .when(withdrawDiscount, withdrawal, facts())
      .records('DiscountWithdrawn', {
        amount: eur(5),
        totalBefore: eur(195),
        totalAfter: eur(200),
        lines: [
          { lineId: lineId(0), amount: eur(3) },
          { lineId: lineId(1), amount: eur(2) },
        ],
      });
  });

  test('leaves later discounts as they are', () => {
    given(
      orderPlaced(),
      discountGranted(10_000, [200]),
      discountGranted(9800, [1078], { discountId: uuid(11) }),
    )
      .when(withdrawDiscount, withdrawal, facts())
      .records('DiscountWithdrawn', { amount: eur(2), totalAfter: eur(89.22) });
  });

  test('changes nothing the second time', () => {
    given(orderPlaced(), discountGranted(10_000, [200]), discountWithdrawn(9800, [200]))
      .when(withdrawDiscount, withdrawal, facts())
      .changesNothing();
  });

  test('finds no discount that was never granted', () => {
    given(orderPlaced()).when(withdrawDiscount, withdrawal, facts()).findsNo('discount');
  });

  test('is refused on a cancelled order', () => {
    given(
      orderPlaced(),
      discountGranted(10_000, [200]),
      orderCancelled(9800, [{ quantity: '10', amount: 9800 }]),
    )
      .when(withdrawDiscount, withdrawal, facts())
      .refuses('order.not-open');
  });

  test('is refused where all of a line came back: nobody owes for goods given back', () => {
    given(orderPlaced(), discountGranted(10_000, [200]), goodsReturned({ quantity: '10', amount: 9800 }))
      .when(withdrawDiscount, withdrawal, facts())
      .refuses('order.line-returned', { lineId: lineId(0) });
  });
});
