import { StockRequestConfirmed, type StockRequestEvent } from '#kontor/contracts';
import { nothing, record, refuse, type Circumstances, type Decision } from '../decision.js';
import type { StockRequest } from './stock-request.js';

export interface ConfirmStockRequest {
  readonly stockRequestId: string;
  /** A day. */
  readonly promisedFor?: string;
}

/** Promises what was requested; a later promise replaces an earlier one. */
export function confirmStockRequest(
  request: StockRequest,
  { promisedFor }: ConfirmStockRequest,
  _facts: Circumstances,
): Decision<StockRequestEvent> {
  const { status } = request;
  if (status === 'confirmed' && promisedFor === request.promisedFor) return nothing;
  if (status !== 'requested' && status !== 'confirmed') return refuse('stock-request.not-open', { status });
  return record(StockRequestConfirmed, {
    ...request.facts,
    ...(promisedFor !== undefined && { promisedFor }),
  });
}
