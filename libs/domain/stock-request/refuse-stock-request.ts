import type { StockRequestEvent } from '#kontor/contracts';
import type { Circumstances, Decision } from '../decision.js';
import type { StockRequest } from './stock-request.js';

export interface RefuseStockRequest {
  readonly stockRequestId: string;
  readonly reason: string;
}

/** Turns a request down as long as nothing was dispatched. */
export function refuseStockRequest(
  request: StockRequest,
  command: RefuseStockRequest,
  facts: Circumstances,
): Decision<StockRequestEvent> {
  throw new Error('not decided yet');
}
