import { DiscountGranted, type Money, type OrderEvent } from '#kontor/contracts';
import { record, refuse, repeats, type Decision } from '../decision.js';
import { inCurrency, refuseOtherCurrency, sum } from '../money.js';
import { rateOf, split } from '../proportion.js';
import { sameContent } from '../same-content.js';
import { checkDiscountLimit, type DiscountFacts } from './discount-limit.js';
import { lineShares } from './line-shares.js';
import type { DiscountAsked, Line, Order } from './order.js';

/** Either a rate or an amount is asked for. */
export interface GrantDiscount {
  readonly orderId: string;
  readonly discountId: string;
  /** `order` (if left out) or the id of a line. */
  readonly scope?: string;
  /** Basis points. */
  readonly rate?: number;
  readonly amount?: Money;
  readonly reason: string;
}

/**
 * Grants a discount if the order's average rate stays within the limit of whoever grants it. It is taken from what is due after
 * earlier discounts, and lies on the lines in proportion to what they still cost.
 */
export function grantDiscount(
  order: Order,
  command: GrantDiscount,
  facts: DiscountFacts,
): Decision<OrderEvent> {
  const { discountId, scope = 'order', reason } = command;
  const { currency } = order.facts;
  const asked = askedBy(command);
  if (!asked) return refuse('order.discount-rate-or-amount');
  const granted = order.discounts.get(discountId);
  if (granted) {
    const { scope: grantedScope, asked: grantedAsked, reason: grantedReason } = granted;
    return sameContent(
      { scope, asked, reason },
      { scope: grantedScope, asked: grantedAsked, reason: grantedReason },
    )
      ? repeats(granted.revision)
      : refuse('order.discount-id-reused', { discountId });
  }
  if (order.status !== 'open') return refuse('order.not-open', { status: order.status });
  const mismatch = command.amount && refuseOtherCurrency(command.amount.currency, currency);
  if (mismatch) return mismatch;
  const lines = linesIn(order, scope);
  if (lines.length === 0) return refuse('order.line-unknown', { lineId: scope });

  const base = sum(lines.map(({ cost }) => cost));
  const amount = 'rate' in asked ? rateOf(base, asked.rate) : asked.amount.amount;
  if (('rate' in asked ? asked.rate : amount) <= 0) return refuse('order.discount-not-positive', { asked });
  if (amount > base) return refuse('order.discount-exceeds-total', { amount, base });
  const remaining = lines.map(({ cost, returned }) => Math.max(cost - returned.amount, 0));
  if (amount > sum(remaining)) return refuse('order.line-returned', { amount, remaining: sum(remaining) });

  const money = inCurrency(currency);
  const totalAfter = money(order.total - amount);
  const check = checkDiscountLimit(money(order.listTotal), totalAfter, facts);
  if (check.kind === 'refuse') return check;

  const parts = split(amount, remaining);
  return record(DiscountGranted, {
    ...order.facts,
    discountId,
    scope,
    asked,
    amount: money(amount),
    totalBefore: money(order.total),
    totalAfter,
    reason,
    evidence: check.evidence,
    lines: lineShares(
      lines.map(({ ordered }) => ordered),
      (_line, index) => parts[index] ?? 0,
      money,
    ),
  });
}

function askedBy({ rate, amount }: GrantDiscount): DiscountAsked | undefined {
  if (rate !== undefined) return amount === undefined ? { rate } : undefined;
  return amount && { amount };
}

function linesIn(order: Order, scope: string): readonly Line[] {
  if (scope === 'order') return [...order.lines.values()];
  const line = order.lines.get(scope);
  return line ? [line] : [];
}
