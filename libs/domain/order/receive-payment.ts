import type { Money, OrderEvent } from '#kontor/contracts';
import type { Circumstances, Decision } from '../decision.js';
import type { Order } from './order.js';

export interface ReceivePayment {
  readonly orderId: string;
  readonly paymentId: string;
  readonly amount: Money;
  readonly method: string;
  readonly reference?: string;
}

/** Records money that came in, more than what is due too. */
export function receivePayment(
  order: Order,
  command: ReceivePayment,
  facts: Circumstances,
): Decision<OrderEvent> {
  throw new Error('not decided yet');
}
