import { describe, test } from '@jest/globals';
import { orderPlaced, paymentReceived, paymentReversed } from '../testing/order-mother.js';
import { scenario } from '../testing/scenario.js';
import { eur, facts, ORDER_ID, uuid } from '../testing/values.js';
import { order } from './order.js';
import { reversePayment } from './reverse-payment.js';

const given = scenario(order);
const reversal = { orderId: ORDER_ID, paymentId: uuid(20), reason: 'bounced' };

describe('Reversing a payment', () => {
  test('makes its whole amount due again', () => {
    given(orderPlaced(), paymentReceived(6000))
      .when(reversePayment, reversal, facts())
      .records('PaymentReversed', { amount: eur(60), balanceBefore: eur(40), balanceAfter: eur(100) });
  });

  test('changes nothing the second time', () => {
    given(orderPlaced(), paymentReceived(6000), paymentReversed(6000))
      .when(reversePayment, reversal, facts())
      .changesNothing();
  });

  test('finds no payment that never came in', () => {
    given(orderPlaced()).when(reversePayment, reversal, facts()).findsNo('payment');
  });
});
