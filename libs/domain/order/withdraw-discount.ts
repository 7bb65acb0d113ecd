import { DiscountWithdrawn, type OrderEvent } from '#kontor/contracts';
import { nothing, record, refuse, unknown, type Circumstances, type Decision } from '../decision.js';
import { inCurrency, refuseTooLarge } from '../money.js';
import { lineShares, returnsForbid } from './line-shares.js';
import type { Order } from './order.js';

export interface WithdrawDiscount {
  readonly orderId: string;
  readonly discountId: string;
  readonly reason: string;
}

/** Takes a discount back: its stored amount is due again, whatever was granted since. */
export function withdrawDiscount(
  order: Order,
  { discountId, reason }: WithdrawDiscount,
  _facts: Circumstances,
): Decision<OrderEvent> {
  const discount = order.discounts.get(discountId);
  if (!discount) return unknown('discount');
  if (discount.withdrawn) return nothing;
  if (order.status !== 'open') return refuse('order.not-open', { status: order.status });

  const lines = [...order.lines.values()];
  const shareOf = (lineId: string) => discount.shares.get(lineId) ?? 0;
  const settled = lines.find((line) => returnsForbid(line, line.cost + shareOf(line.ordered.lineId)));
  if (settled) return refuse('order.line-returned', { lineId: settled.ordered.lineId });
  const totalAfter = order.total + discount.amount;
  const tooLarge = refuseTooLarge(totalAfter);
  if (tooLarge) return tooLarge;

  const money = inCurrency(order.facts.currency);
  return record(DiscountWithdrawn, {
    ...order.facts,
    discountId,
    amount: money(discount.amount),
    totalBefore: money(order.total),
    totalAfter: money(totalAfter),
    reason,
    lines: lineShares(
      lines.map(({ ordered }) => ordered),
      ({ lineId }) => shareOf(lineId),
      money,
    ),
  });
}
