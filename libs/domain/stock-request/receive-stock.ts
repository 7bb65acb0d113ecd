import { StockReceived, type StockRequestEvent } from '#kontor/contracts';
import { nothing, record, refuse, type Circumstances, type Decision } from '../decision.js';
import type { StockRequest } from './stock-request.js';
import { movedStock, restOf, type MovedLine } from './moved-stock.js';

export interface ReceiveStock {
  readonly stockRequestId: string;
  /** All that was dispatched and not yet received if left out. */
  readonly lines?: readonly MovedLine[];
  readonly remark?: string;
}

/** Records what arrived of what is under way, as counted in the branch: a count that differs is a fact too. */
export function receiveStock(
  request: StockRequest,
  { lines, remark }: ReceiveStock,
  _facts: Circumstances,
): Decision<StockRequestEvent> {
  const { status, dispatched, received } = request;
  if (dispatched.size === 0) return refuse('stock-request.not-dispatched', { status });
  const underWay = restOf(request, ({ sku }) => dispatched.get(sku) ?? 0, received);
  if (underWay.length === 0) return lines ? refuse('stock-request.not-dispatched', { status }) : nothing;
  const moved = movedStock(request, lines ?? underWay);
  if (moved.kind === 'refuse') return moved;

  return record(StockReceived, {
    ...request.facts,
    lines: moved.lines,
    ...(remark !== undefined && { remark }),
  });
}
