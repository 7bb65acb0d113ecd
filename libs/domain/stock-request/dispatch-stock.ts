import type { StockRequestEvent } from '#kontor/contracts';
import type { Circumstances, Decision } from '../decision.js';
import type { StockRequest } from './stock-request.js';

/** Goods of a request that are on their way, or have arrived; the unit is the requested one. */
export interface MovedLine {
  readonly sku: string;
  readonly quantity: string;
}

export interface DispatchStock {
  readonly stockRequestId: string;
  /** All that was requested and not yet dispatched if left out. */
  readonly lines?: readonly MovedLine[];
  readonly reference?: string;
}

/** Sends goods, at most what was requested. */
export function dispatchStock(
  request: StockRequest,
  command: DispatchStock,
  facts: Circumstances,
): Decision<StockRequestEvent> {
  throw new Error('not decided yet');
}
