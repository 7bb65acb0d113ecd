import { PaymentReversed, type OrderEvent } from '#kontor/contracts';
import { nothing, record, unknown, type Circumstances, type Decision } from '../decision.js';
import { inCurrency, refuseTooLarge } from '../money.js';
import { balanceOf, type Order } from './order.js';

export interface ReversePayment {
  readonly orderId: string;
  readonly paymentId: string;
  readonly reason: string;
}

/** Takes back a payment that did not stand. */
export function reversePayment(
  order: Order,
  { paymentId, reason }: ReversePayment,
  _facts: Circumstances,
): Decision<OrderEvent> {
  const payment = order.payments.get(paymentId);
  if (!payment) return unknown('payment');
  if (payment.reversed) return nothing;

  const balanceBefore = balanceOf(order);
  const balanceAfter = balanceBefore + payment.amount;
  const tooLarge = refuseTooLarge(balanceAfter);
  if (tooLarge) return tooLarge;

  const money = inCurrency(order.facts.currency);
  return record(PaymentReversed, {
    ...order.facts,
    paymentId,
    amount: money(payment.amount),
    reason,
    balanceBefore: money(balanceBefore),
    balanceAfter: money(balanceAfter),
  });
}
