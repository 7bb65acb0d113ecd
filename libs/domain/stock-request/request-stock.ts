import type { StockRequestEvent, StockRequestReason, Supplier } from '#kontor/contracts';
import type { Circumstances, Decision } from '../decision.js';
import type { StockRequest } from './stock-request.js';

export interface RequestedLine {
  readonly sku: string;
  readonly quantity: string;
  /** `pcs` if left out. */
  readonly unit?: string;
}

export interface RequestStock {
  readonly stockRequestId: string;
  readonly branchId: string;
  readonly supplier: Supplier;
  readonly orderId?: string;
  readonly lines: readonly RequestedLine[];
  /** A day. */
  readonly neededBy: string;
  readonly reason: StockRequestReason;
}

/** Asks a supplier for stock. */
export function requestStock(
  request: StockRequest | undefined,
  command: RequestStock,
  facts: Circumstances,
): Decision<StockRequestEvent> {
  throw new Error('not decided yet');
}
