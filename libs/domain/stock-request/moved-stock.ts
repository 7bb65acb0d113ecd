import type { StockLine } from '#kontor/contracts';
import { refuse, type Refusal } from '../decision.js';
import { quantityText, thousandths } from '../quantity.js';
import type { StockRequest } from './stock-request.js';

/** Goods of a request that are on their way, or have arrived; their unit is the requested one. */
export interface MovedLine {
  readonly sku: string;
  readonly quantity: string;
}

/** Each sku once, each quantity positive. */
export function refuseStockLines(lines: readonly MovedLine[]): Refusal | undefined {
  if (lines.length === 0) return refuse('stock-request.no-lines');
  const skus = new Set<string>();
  for (const { sku, quantity } of lines) {
    if (skus.has(sku)) return refuse('stock-request.sku-repeated', { sku });
    skus.add(sku);
    if (thousandths(quantity) <= 0) return refuse('stock-request.quantity-not-positive', { sku, quantity });
  }
  return undefined;
}

export interface MovedStock {
  readonly kind: 'moved';
  readonly lines: StockLine[];
}

/** The goods as lines of the request, if it asked for them. */
export function movedStock(request: StockRequest, lines: readonly MovedLine[]): MovedStock | Refusal {
  const refused = refuseStockLines(lines);
  if (refused) return refused;
  const units = new Map(request.requested.lines.map(({ sku, unit }) => [sku, unit]));
  const stranger = lines.find(({ sku }) => !units.has(sku));
  if (stranger) return refuse('stock-request.sku-unknown', { sku: stranger.sku });
  return {
    kind: 'moved',
    lines: lines.map(({ sku, quantity }) => ({ sku, quantity, unit: units.get(sku) ?? 'pcs' })),
  };
}

/** What is left of the requested skus between two counts, those without a rest left out. */
export const restOf = (
  request: StockRequest,
  wanted: (line: StockLine) => number,
  done: ReadonlyMap<string, number>,
): readonly MovedLine[] =>
  request.requested.lines.flatMap((line) => {
    const rest = wanted(line) - (done.get(line.sku) ?? 0);
    return rest > 0 ? [{ sku: line.sku, quantity: quantityText(rest) }] : [];
  });
