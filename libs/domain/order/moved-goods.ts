import type { LineQuantityShare } from '#kontor/contracts';
import { refuse, type Refusal } from '../decision.js';
import { inCurrency } from '../money.js';
import { quantityText, thousandths } from '../quantity.js';
import { lineOf } from './line-shares.js';
import type { Line, Moved, Movement, Order } from './order.js';
import { sameContent } from '../same-content.js';

/** A quantity of an order's line. */
export interface LineQuantity {
  readonly lineId: string;
  readonly quantity: string;
}

/** How goods that leave differ from goods that come back. */
export interface Direction {
  readonly soFar: (line: Line) => Moved;
  /** What the line's goods up to this quantity, all movements together, are worth. */
  readonly worth: (line: Line, quantity: number) => number;
  readonly over: 'order.over-issue' | 'order.over-return';
}

export interface MovedGoods {
  readonly kind: 'moved';
  readonly lines: LineQuantityShare[];
}

/** What the goods are worth, line by line, if no more of a line moves than was ordered of it. */
export function moveGoods(
  order: Order,
  quantities: readonly LineQuantity[],
  { soFar, worth, over }: Direction,
): MovedGoods | Refusal {
  if (quantities.length === 0) return refuse('order.no-lines');
  const money = inCurrency(order.facts.currency);
  const ids = new Set<string>();
  const lines: LineQuantityShare[] = [];
  for (const { lineId, quantity } of quantities) {
    const line = order.lines.get(lineId);
    if (!line) return refuse('order.line-unknown', { lineId });
    if (ids.has(lineId)) return refuse('order.line-id-repeated', { lineId });
    ids.add(lineId);
    const count = thousandths(quantity);
    if (count <= 0) return refuse('order.quantity-not-positive', { lineId, quantity });
    const before = soFar(line);
    const after = before.quantity + count;
    if (after > line.quantity) {
      const left = quantityText(Math.max(line.quantity - before.quantity, 0));
      return refuse(over, { lineId, asked: quantity, left });
    }
    lines.push({ ...lineOf(line.ordered), quantity, amount: money(worth(line, after) - before.amount) });
  }
  return { kind: 'moved', lines };
}

/** Whether a movement is the same as one that stands already. */
export const sameMovement = (
  known: Movement,
  lines: readonly LineQuantity[],
  note: string | undefined,
): boolean =>
  known.note === note &&
  sameContent(
    known.lines,
    lines.map(({ lineId, quantity }) => ({ lineId, quantity })),
  );
