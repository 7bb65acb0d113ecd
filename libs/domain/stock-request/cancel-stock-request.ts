import type { StockRequestEvent } from '#kontor/contracts';
import type { Circumstances, Decision } from '../decision.js';
import type { StockRequest } from './stock-request.js';

export interface CancelStockRequest {
  readonly stockRequestId: string;
  readonly reason: string;
}

/** Takes a request back as long as nothing was dispatched. */
export function cancelStockRequest(
  request: StockRequest,
  command: CancelStockRequest,
  facts: Circumstances,
): Decision<StockRequestEvent> {
  throw new Error('not decided yet');
}
