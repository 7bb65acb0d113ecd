import type { Money, OrderLine } from '#kontor/contracts';
import { refuse, type LineIds, type Refusal } from '../decision.js';
import { inCurrency, lineAmount, refuseTooLarge, sum } from '../money.js';
import { thousandths } from '../quantity.js';

/** A line as the caller orders it. */
export interface OrderedLine {
  /** Given by `lineIdAt` if left out. */
  readonly lineId?: string;
  readonly sku: string;
  readonly description?: string;
  readonly productGroup?: string;
  readonly quantity: string;
  /** `pcs` if left out. */
  readonly unit?: string;
  /** The unit price if left out. */
  readonly listPrice?: string;
  readonly unitPrice: string;
}

export interface PricedLines {
  readonly kind: 'priced';
  readonly lines: OrderLine[];
  readonly listTotal: Money;
  readonly total: Money;
}

/** Prices ordered lines: each is rounded once, the totals are sums of what was rounded. */
export function priceLines(
  ordered: readonly OrderedLine[],
  currency: string,
  { lineIdAt }: LineIds,
): PricedLines | Refusal {
  if (ordered.length === 0) return refuse('order.no-lines');
  const money = inCurrency(currency);
  const ids = new Set<string>();
  const lines: OrderLine[] = [];
  let listTotal = 0;
  for (const [index, line] of ordered.entries()) {
    const { quantity, unitPrice, listPrice = unitPrice, productGroup } = line;
    const { lineId = lineIdAt(index) } = line;
    if (ids.has(lineId)) return refuse('order.line-id-repeated', { lineId });
    ids.add(lineId);
    if (thousandths(quantity) <= 0) return refuse('order.quantity-not-positive', { line: index, quantity });

    const amount = lineAmount(quantity, unitPrice, currency);
    listTotal += listPrice === unitPrice ? amount : lineAmount(quantity, listPrice, currency);
    lines.push({
      lineId,
      sku: line.sku,
      description: line.description ?? '',
      ...(productGroup !== undefined && { productGroup }),
      quantity,
      unit: line.unit ?? 'pcs',
      listPrice,
      unitPrice,
      amount: money(amount),
    });
  }
  const total = sum(lines.map(({ amount }) => amount.amount));
  return (
    refuseTooLarge(total, listTotal) ?? {
      kind: 'priced',
      lines,
      listTotal: money(listTotal),
      total: money(total),
    }
  );
}
