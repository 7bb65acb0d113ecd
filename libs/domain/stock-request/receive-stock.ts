import type { StockRequestEvent } from '#kontor/contracts';
import type { Circumstances, Decision } from '../decision.js';
import type { StockRequest } from './stock-request.js';
import type { MovedLine } from './dispatch-stock.js';

export interface ReceiveStock {
  readonly stockRequestId: string;
  /** All that was dispatched and not yet received if left out. */
  readonly lines?: readonly MovedLine[];
  readonly remark?: string;
}

/** Records what arrived, as counted in the branch. */
export function receiveStock(
  request: StockRequest,
  command: ReceiveStock,
  facts: Circumstances,
): Decision<StockRequestEvent> {
  throw new Error('not decided yet');
}
