import type { OrderEvent } from '#kontor/contracts';
import type { Circumstances, Decision } from '../decision.js';
import type { Order } from './order.js';
import type { LineQuantity } from './issue-goods.js';

export interface ReturnGoods {
  readonly orderId: string;
  readonly returnId: string;
  readonly lines: readonly LineQuantity[];
  readonly reason: string;
}

/** Records goods that came back, at most what was ordered less what was returned. */
export function returnGoods(order: Order, command: ReturnGoods, facts: Circumstances): Decision<OrderEvent> {
  throw new Error('not decided yet');
}
