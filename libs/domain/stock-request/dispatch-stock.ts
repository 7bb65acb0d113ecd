import { StockDispatched, type StockRequestEvent } from '#kontor/contracts';
import { nothing, record, refuse, type Circumstances, type Decision } from '../decision.js';
import { quantityText, thousandths } from '../quantity.js';
import { movedStock, restOf, type MovedLine } from './moved-stock.js';
import type { StockRequest } from './stock-request.js';

export interface DispatchStock {
  readonly stockRequestId: string;
  /** All that was requested and not yet dispatched if left out. */
  readonly lines?: readonly MovedLine[];
  readonly reference?: string;
}

/** Sends goods, in one go or in parts, at most what was requested; a promise need not come first. */
export function dispatchStock(
  request: StockRequest,
  { lines, reference }: DispatchStock,
  _facts: Circumstances,
): Decision<StockRequestEvent> {
  const { status, dispatched } = request;
  if (status === 'refused' || status === 'cancelled') return refuse('stock-request.not-open', { status });
  const rest = restOf(request, ({ quantity }) => thousandths(quantity), dispatched);
  if (!lines && rest.length === 0) return nothing;
  const moved = movedStock(request, lines ?? rest);
  if (moved.kind === 'refuse') return moved;

  const left = new Map(rest.map(({ sku, quantity }) => [sku, thousandths(quantity)]));
  const over = moved.lines.find(({ sku, quantity }) => thousandths(quantity) > (left.get(sku) ?? 0));
  if (over) {
    const { sku, quantity } = over;
    return refuse('stock-request.over-dispatch', {
      sku,
      asked: quantity,
      left: quantityText(left.get(sku) ?? 0),
    });
  }
  return record(StockDispatched, {
    ...request.facts,
    lines: moved.lines,
    ...(reference !== undefined && { reference }),
  });
}
