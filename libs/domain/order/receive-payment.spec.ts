import { describe, test } from '@jest/globals';
import {
  goodsReturned,
  orderCancelled,
  orderPlaced,
  paymentReceived,
  paymentReversed,
} from '../testing/order-mother.js';
import { scenario } from '../testing/scenario.js';
import { eur, facts, ORDER_ID, uuid, yen } from '../testing/values.js';
import { order } from './order.js';
import { receivePayment, type ReceivePayment } from './receive-payment.js';

const given = scenario(order);
const payment = (command: Partial<ReceivePayment> = {}): ReceivePayment => ({
  orderId: ORDER_ID,
  paymentId: uuid(20),
  amount: eur(60),
  method: 'transfer',
  ...command,
});

describe('Receiving a payment', () => {
  test('lowers the balance, on its business day', () => {
    given(orderPlaced())
      .when(receivePayment, payment({ reference: 'RF18' }), facts())
      .records('PaymentReceived', {
        amount: eur(60),
        reference: 'RF18',
        receivedOn: '2011-11-30',
        balanceBefore: eur(100),
        balanceAfter: eur(40),
      });
  });

  test('is recorded beyond what is due: money that came in is a fact', () => {
    given(orderPlaced(), goodsReturned({ quantity: '5', amount: 5000 }))
      .when(receivePayment, payment(), facts())
      .records('PaymentReceived', { balanceBefore: eur(50), balanceAfter: eur(-10) });
  });

  test('is taken on a cancelled order', () => {
    given(orderPlaced(), orderCancelled(10_000, [{ quantity: '10', amount: 10_000 }]))
      .when(receivePayment, payment(), facts())
      .records('PaymentReceived', { balanceBefore: eur(0), balanceAfter: eur(-60) });
  });

  test('repeats what it did for the same id and content', () => {
    given(orderPlaced(), paymentReceived(6000)).when(receivePayment, payment(), facts()).repeats(1);
  });

  test('repeats what it did though the payment was reversed since', () => {
    given(orderPlaced(), paymentReceived(6000), paymentReversed(6000))
      .when(receivePayment, payment(), facts())
      .repeats(1);
  });

  test.each([
    ['amount', { amount: eur(61) }],
    ['method', { method: 'cash' }],
    ['reference', { reference: 'RF19' }],
  ])('is refused for the same id with another %s', (_case, command) => {
    given(orderPlaced(), paymentReceived(6000))
      .when(receivePayment, payment(command), facts())
      .refuses('order.payment-id-reused', { paymentId: uuid(20) });
  });

  test.each([
    ['nothing', { amount: eur(0) }, 'order.payment-not-positive'],
    ['less than nothing', { amount: eur(-1) }, 'order.payment-not-positive'],
    ['another currency', { amount: yen(60) }, 'currency-mismatch'],
  ] as const)('is refused for %s', (_case, command, code) => {
    given(orderPlaced()).when(receivePayment, payment(command), facts()).refuses(code);
  });

  test('is refused where the balance can’t be told exactly any more', () => {
    given(orderPlaced(), paymentReceived(Number.MAX_SAFE_INTEGER))
      .when(
        receivePayment,
        payment({ paymentId: uuid(21), amount: { amount: Number.MAX_SAFE_INTEGER, currency: 'EUR' } }),
        facts(),
      )
      .refuses('amount-too-large');
  });
});
