import type { StockRequestEvent } from '#kontor/contracts';
import type { Circumstances, Decision } from '../decision.js';
import type { StockRequest } from './stock-request.js';

export interface ConfirmStockRequest {
  readonly stockRequestId: string;
  /** A day. */
  readonly promisedFor?: string;
}

/** Promises what was requested. */
export function confirmStockRequest(
  request: StockRequest,
  command: ConfirmStockRequest,
  facts: Circumstances,
): Decision<StockRequestEvent> {
  throw new Error('not decided yet');
}
