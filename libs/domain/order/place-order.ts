import type { OrderEvent } from '#kontor/contracts';
import type { Customer } from '../customer/customer.js';
import type { Circumstances, Decision, LineIds } from '../decision.js';
import type { DiscountPolicy } from '../discount-policy.js';
import type { Order } from './order.js';

export interface OrderedLine {
  /** Made by `idFor` if left out. */
  readonly lineId?: string;
  readonly sku: string;
  readonly description?: string;
  readonly productGroup?: string;
  readonly quantity: string;
  /** `pcs` if left out. */
  readonly unit?: string;
  /** The unit price if left out. */
  readonly listPrice?: string;
  readonly unitPrice: string;
}

export interface PlaceOrder {
  readonly orderId: string;
  readonly orderNumber?: string;
  readonly customerId: string;
  /** The customer's if left out; no other is taken. */
  readonly currency?: string;
  /** The customer's if left out. */
  readonly territory?: string;
  readonly lines: readonly OrderedLine[];
}

export interface PlaceOrderFacts extends Circumstances, LineIds {
  readonly customer: Customer;
  readonly policy: DiscountPolicy;
}

/** Takes an order from a customer who is not blocked, at prices within the limit of whoever takes it. */
export function placeOrder(
  order: Order | undefined,
  command: PlaceOrder,
  facts: PlaceOrderFacts,
): Decision<OrderEvent> {
  throw new Error('not decided yet');
}
