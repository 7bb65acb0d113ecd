import type { OrderEvent } from '#kontor/contracts';
import type { Circumstances, Decision } from '../decision.js';
import type { Order } from './order.js';

export interface CancelOrder {
  readonly orderId: string;
  readonly reason: string;
}

/** Takes off what was not issued; issued goods stay due until they are returned. */
export function cancelOrder(order: Order, command: CancelOrder, facts: Circumstances): Decision<OrderEvent> {
  throw new Error('not decided yet');
}
