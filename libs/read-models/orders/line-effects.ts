import Big from 'big.js';
import type { OrderEvent, OrderLine } from '#kontor/contracts';
import type { KeptOrderEvent } from './kept-event.js';

/** What an order's events add up to for one of its lines. */
export interface LineEffects {
  /** What the line costs after the discounts in force, in minor units. */
  cost: number;
  cancelled: Big;
  issued: Big;
  returned: Big;
}

/** Sums the shares of lines that events carry; a line's cost comes out right also where an amendment spread discounts anew. */
export function lineEffects(events: readonly KeptOrderEvent[]): (line: OrderLine) => LineEffects {
  const byLine = new Map<string, LineEffects>();
  const effectsOf = (lineId: string): LineEffects => {
    const known = byLine.get(lineId) ?? { cost: 0, cancelled: Big(0), issued: Big(0), returned: Big(0) };
    byLine.set(lineId, known);
    return known;
  };
  for (const { kind, details } of events) {
    if (kind === 'PaymentReceived' || kind === 'PaymentReversed') continue;
    for (const share of details.lines) {
      const effects = effectsOf(share.lineId);
      effects.cost += costSign[kind] * share.amount.amount;
      const moved = movedColumn[kind];
      if (moved && 'quantity' in share) effects[moved] = effects[moved].plus(share.quantity);
    }
  }
  return ({ lineId }) => effectsOf(lineId);
}

type LineEventKind = Exclude<OrderEvent['type'], 'PaymentReceived' | 'PaymentReversed'>;

const costSign: Readonly<Record<LineEventKind, 1 | 0 | -1>> = {
  OrderPlaced: 1,
  OrderAmended: 1,
  DiscountGranted: -1,
  DiscountWithdrawn: 1,
  OrderCancelled: 0,
  GoodsIssued: 0,
  GoodsReturned: 0,
};

const movedColumn: Readonly<Partial<Record<LineEventKind, 'cancelled' | 'issued' | 'returned'>>> = {
  OrderCancelled: 'cancelled',
  GoodsIssued: 'issued',
  GoodsReturned: 'returned',
};
