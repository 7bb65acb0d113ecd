import type { OrderEvent } from '#kontor/contracts';
import type { Circumstances, Decision } from '../decision.js';
import type { Order } from './order.js';

export interface ReversePayment {
  readonly orderId: string;
  readonly paymentId: string;
  readonly reason: string;
}

/** Takes back a payment that did not stand. */
export function reversePayment(
  order: Order,
  command: ReversePayment,
  facts: Circumstances,
): Decision<OrderEvent> {
  throw new Error('not decided yet');
}
