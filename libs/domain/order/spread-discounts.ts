import type { OrderLine } from '#kontor/contracts';
import { refuse, type Refusal } from '../decision.js';
import { sum } from '../money.js';
import { split } from '../proportion.js';
import { thousandths } from '../quantity.js';
import type { Discount, Order } from './order.js';

export interface SpreadDiscounts {
  readonly kind: 'spread';
  /** What each of the new lines costs after all discounts in force, in their order. */
  readonly costs: readonly number[];
  /** How each discount on the whole order lies on the new lines. */
  readonly discounts: readonly { readonly discountId: string; readonly shares: readonly number[] }[];
}

/**
 * Lays the discounts in force on new lines: those on a line stay on it, those on the whole order are spread anew, one after another
 * as they were granted. Their amounts stay as they are, so the lines must be able to bear them.
 */
export function spreadDiscounts(order: Order, lines: readonly OrderLine[]): SpreadDiscounts | Refusal {
  const inForce = [...order.discounts].filter(([, discount]) => !discount.withdrawn);
  const onLines = inForce.filter(([, { scope }]) => scope !== 'order').map(([, discount]) => discount);
  let costs = lines.map(({ lineId, amount }) => amount.amount - sum(onLines.map(shareOf(lineId))));
  const ids = new Set(lines.map(({ lineId }) => lineId));
  const homeless = onLines.find(({ scope, amount }) => amount > 0 && !ids.has(scope));
  const overdrawn = lines.find((_line, index) => (costs[index] ?? 0) < 0);
  const lineId = homeless?.scope ?? overdrawn?.lineId;
  if (lineId) return refuse('order.amended-below-discounts', { lineId });

  const settled = lines.map((line) => isSettled(order, line));
  const discounts: { discountId: string; shares: readonly number[] }[] = [];
  for (const [discountId, discount] of inForce.filter(([, { scope }]) => scope === 'order')) {
    const fixed = lines.map((line, index) => (settled[index] ? shareOf(line.lineId)(discount) : 0));
    const weights = costs.map((cost, index) => (settled[index] ? 0 : cost));
    const amount = discount.amount - sum(fixed);
    if (amount > sum(weights))
      return refuse('order.amended-below-discounts', { discountId, amount, remaining: sum(weights) });
    const parts = split(amount, weights);
    const shares = fixed.map((share, index) => share + (parts[index] ?? 0));
    costs = costs.map((cost, index) => cost - (shares[index] ?? 0));
    discounts.push({ discountId, shares });
  }
  return { kind: 'spread', costs, discounts };
}

const shareOf =
  (lineId: string) =>
  ({ shares }: Discount): number =>
    shares.get(lineId) ?? 0;

/** All of the line came back and it stays as it is: its discounts were given back with it, and stay where they are. */
function isSettled(order: Order, { lineId, quantity, amount }: OrderLine): boolean {
  const line = order.lines.get(lineId);
  return (
    line !== undefined &&
    line.returned.quantity === thousandths(quantity) &&
    line.ordered.amount.amount === amount.amount
  );
}
