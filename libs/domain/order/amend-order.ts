import type { OrderEvent } from '#kontor/contracts';
import type { Circumstances, Decision, LineIds } from '../decision.js';
import type { DiscountPolicy } from '../discount-policy.js';
import type { Order } from './order.js';
import type { OrderedLine } from './place-order.js';

export interface AmendOrder {
  readonly orderId: string;
  /** The complete new lines; one that stays keeps its id. */
  readonly lines: readonly OrderedLine[];
  readonly reason: string;
}

export interface AmendOrderFacts extends Circumstances, LineIds {
  readonly policy: DiscountPolicy;
}

/** Replaces the lines; what was issued or returned and what was granted stands. */
export function amendOrder(order: Order, command: AmendOrder, facts: AmendOrderFacts): Decision<OrderEvent> {
  throw new Error('not decided yet');
}
