import {
  StockRequested,
  type StockRequestEvent,
  type StockRequestReason,
  type Supplier,
} from '#kontor/contracts';
import { record, refuse, repeats, type Circumstances, type Decision } from '../decision.js';
import { sameContent } from '../same-content.js';
import { refuseStockLines } from './moved-stock.js';
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
  _facts: Circumstances,
): Decision<StockRequestEvent> {
  const { stockRequestId, branchId, supplier, orderId, neededBy, reason } = command;
  const content = {
    stockRequestId,
    branchId,
    supplier,
    ...(orderId !== undefined && { orderId }),
    lines: command.lines.map(({ sku, quantity, unit = 'pcs' }) => ({ sku, quantity, unit })),
    neededBy,
    reason,
  };
  if (request)
    return sameContent(content, request.requested)
      ? repeats(0)
      : refuse('stock-request.id-reused', { stockRequestId });
  return refuseStockLines(command.lines) ?? record(StockRequested, content);
}
