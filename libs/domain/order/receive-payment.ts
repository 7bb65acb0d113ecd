import { PaymentReceived, type Money, type OrderEvent } from '#kontor/contracts';
import { dayOf } from '../business-day.js';
import { record, refuse, repeats, type Circumstances, type Decision } from '../decision.js';
import { inCurrency, refuseOtherCurrency, refuseTooLarge } from '../money.js';
import { balanceOf, type Order } from './order.js';

export interface ReceivePayment {
  readonly orderId: string;
  readonly paymentId: string;
  readonly amount: Money;
  readonly method: string;
  readonly reference?: string;
}

/** Records money that came in; more than what is due too, and on a cancelled order: it is a fact. */
export function receivePayment(
  order: Order,
  command: ReceivePayment,
  { occurredAt }: Circumstances,
): Decision<OrderEvent> {
  const { paymentId, amount, method, reference } = command;
  const mismatch = refuseOtherCurrency(amount.currency, order.facts.currency);
  if (mismatch) return mismatch;
  const known = order.payments.get(paymentId);
  if (known)
    return known.amount === amount.amount && known.method === method && known.reference === reference
      ? repeats(known.revision)
      : refuse('order.payment-id-reused', { paymentId });
  if (amount.amount <= 0) return refuse('order.payment-not-positive', { amount: amount.amount });

  const balanceBefore = balanceOf(order);
  const balanceAfter = balanceBefore - amount.amount;
  const tooLarge = refuseTooLarge(balanceAfter);
  if (tooLarge) return tooLarge;

  const money = inCurrency(order.facts.currency);
  return record(PaymentReceived, {
    ...order.facts,
    paymentId,
    amount: money(amount.amount),
    method,
    ...(reference !== undefined && { reference }),
    receivedOn: dayOf(occurredAt),
    balanceBefore: money(balanceBefore),
    balanceAfter: money(balanceAfter),
  });
}
