import { StockRequestCancelled, type StockRequestEvent } from '#kontor/contracts';
import { nothing, record, refuse, type Circumstances, type Decision } from '../decision.js';
import type { StockRequest } from './stock-request.js';

export interface CancelStockRequest {
  readonly stockRequestId: string;
  readonly reason: string;
}

/** Takes a request back as long as nothing was dispatched. */
export function cancelStockRequest(
  request: StockRequest,
  { reason }: CancelStockRequest,
  _facts: Circumstances,
): Decision<StockRequestEvent> {
  const { status } = request;
  if (status === 'cancelled') return nothing;
  if (status !== 'requested' && status !== 'confirmed') return refuse('stock-request.not-open', { status });
  return record(StockRequestCancelled, { ...request.facts, reason });
}
