import { StockRequestRefused, type StockRequestEvent } from '#kontor/contracts';
import { nothing, record, refuse, type Circumstances, type Decision } from '../decision.js';
import type { StockRequest } from './stock-request.js';

export interface RefuseStockRequest {
  readonly stockRequestId: string;
  readonly reason: string;
}

/** Turns a request down as long as nothing was dispatched. */
export function refuseStockRequest(
  request: StockRequest,
  { reason }: RefuseStockRequest,
  _facts: Circumstances,
): Decision<StockRequestEvent> {
  const { status } = request;
  if (status === 'refused') return nothing;
  if (status !== 'requested' && status !== 'confirmed') return refuse('stock-request.not-open', { status });
  return record(StockRequestRefused, { ...request.facts, reason });
}
