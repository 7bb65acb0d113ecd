import type { OrderEvent } from '#kontor/contracts';
import type { Circumstances, Decision } from '../decision.js';
import type { Order } from './order.js';

/** A quantity of an order's line. */
export interface LineQuantity {
  readonly lineId: string;
  readonly quantity: string;
}

export interface IssueGoods {
  readonly orderId: string;
  readonly issueId: string;
  readonly lines: readonly LineQuantity[];
  readonly reference?: string;
}

/** Records goods that left for the customer, at most what was ordered. */
export function issueGoods(order: Order, command: IssueGoods, facts: Circumstances): Decision<OrderEvent> {
  throw new Error('not decided yet');
}
