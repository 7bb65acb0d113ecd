import type { Money, OrderEvent } from '#kontor/contracts';
import type { Circumstances, Decision } from '../decision.js';
import type { DiscountPolicy } from '../discount-policy.js';
import type { Order } from './order.js';

/** Either a rate or an amount is asked for. */
export interface GrantDiscount {
  readonly orderId: string;
  readonly discountId: string;
  /** `order` (if left out) or the id of a line. */
  readonly scope?: string;
  /** Basis points. */
  readonly rate?: number;
  readonly amount?: Money;
  readonly reason: string;
}

export interface DiscountFacts extends Circumstances {
  readonly policy: DiscountPolicy;
}

/** Grants a discount if the order's average rate stays within the limit of whoever grants it. */
export function grantDiscount(
  order: Order,
  command: GrantDiscount,
  facts: DiscountFacts,
): Decision<OrderEvent> {
  throw new Error('not decided yet');
}
