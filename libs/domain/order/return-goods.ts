import { GoodsReturned, type OrderEvent } from '#kontor/contracts';
import { record, refuse, repeats, type Circumstances, type Decision } from '../decision.js';
import { inCurrency, refuseTooLarge, sum } from '../money.js';
import { share } from '../proportion.js';
import { moveGoods, sameMovement, type Direction, type LineQuantity } from './moved-goods.js';
import { balanceOf, type Order } from './order.js';

export interface ReturnGoods {
  readonly orderId: string;
  readonly returnId: string;
  readonly lines: readonly LineQuantity[];
  readonly reason: string;
}

/**
 * All of a line is worth what it still costs, a part its share of that. Where a discount was granted between two returns the earlier
 * ones took off more than their share of today's cost: a return never costs the customer anything, the later ones make up for it.
 */
const inwards: Direction = {
  soFar: ({ returned }) => returned,
  worth: ({ cost, quantity, returned }, count) => Math.max(share(cost, count, quantity), returned.amount),
  over: 'order.over-return',
};

/** Records goods that came back, at most what was ordered less what was returned, of a cancelled order what was issued. */
export function returnGoods(
  order: Order,
  { returnId, lines, reason }: ReturnGoods,
  _facts: Circumstances,
): Decision<OrderEvent> {
  const known = order.returns.get(returnId);
  if (known)
    return sameMovement(known, lines, reason)
      ? repeats(known.revision)
      : refuse('order.return-id-reused', { returnId });
  const moved = moveGoods(order, lines, inwards);
  if (moved.kind === 'refuse') return moved;

  const amount = sum(moved.lines.map((line) => line.amount.amount));
  const balanceBefore = balanceOf(order);
  const balanceAfter = balanceBefore - amount;
  const tooLarge = refuseTooLarge(balanceAfter);
  if (tooLarge) return tooLarge;

  const money = inCurrency(order.facts.currency);
  return record(GoodsReturned, {
    ...order.facts,
    returnId,
    amount: money(amount),
    lines: moved.lines,
    reason,
    balanceBefore: money(balanceBefore),
    balanceAfter: money(balanceAfter),
  });
}
