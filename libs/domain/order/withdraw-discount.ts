import type { OrderEvent } from '#kontor/contracts';
import type { Circumstances, Decision } from '../decision.js';
import type { Order } from './order.js';

export interface WithdrawDiscount {
  readonly orderId: string;
  readonly discountId: string;
  readonly reason: string;
}

/** Takes a discount back: its stored amount is due again. */
export function withdrawDiscount(
  order: Order,
  command: WithdrawDiscount,
  facts: Circumstances,
): Decision<OrderEvent> {
  throw new Error('not decided yet');
}
