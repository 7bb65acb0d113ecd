import { OrderAmended, type LineShare, type OrderEvent, type OrderLine } from '#kontor/contracts';
import { nothing, record, refuse, type Decision, type LineIds, type Refusal } from '../decision.js';
import { inCurrency, sum } from '../money.js';
import { quantityText, thousandths } from '../quantity.js';
import { sameContent } from '../same-content.js';
import { checkDiscountLimit, type DiscountFacts } from './discount-limit.js';
import { lineShares, returnsForbid } from './line-shares.js';
import type { Order } from './order.js';
import { priceLines, type OrderedLine } from './price-lines.js';
import { spreadDiscounts } from './spread-discounts.js';

export interface AmendOrder {
  readonly orderId: string;
  /** The complete new lines; one that stays keeps its id. */
  readonly lines: readonly OrderedLine[];
  readonly reason: string;
}

export interface AmendOrderFacts extends DiscountFacts, LineIds {}

/** Replaces the lines. What was issued, returned or granted stands, and whoever amends must hold a limit for the outcome. */
export function amendOrder(order: Order, command: AmendOrder, facts: AmendOrderFacts): Decision<OrderEvent> {
  if (order.status !== 'open') return refuse('order.not-open', { status: order.status });
  const { currency } = order.facts;
  const priced = priceLines(command.lines, currency, facts);
  if (priced.kind === 'refuse') return priced;
  const { lines, listTotal } = priced;
  const formerLines = [...order.lines.values()].map(({ ordered }) => ordered);
  if (sameContent(lines, formerLines)) return nothing;

  const belowIssued = refuseBelowIssued(order, lines);
  if (belowIssued) return belowIssued;
  const spread = spreadDiscounts(order, lines);
  if (spread.kind === 'refuse') return spread;
  const costs = new Map(lines.map(({ lineId }, index) => [lineId, spread.costs[index] ?? 0]));
  const belowReturned = refuseAgainstReturns(order, lines, costs);
  if (belowReturned) return belowReturned;

  const money = inCurrency(currency);
  const totalAfter = sum(costs.values());
  const check = checkDiscountLimit(listTotal, money(totalAfter), facts);
  if (check.kind === 'refuse') return check;

  const costBefore = (lineId: string) => order.lines.get(lineId)?.cost ?? 0;
  const gone = formerLines.filter(({ lineId }) => !costs.has(lineId));
  const changes: LineShare[] = lineShares(
    [...lines, ...gone],
    ({ lineId }) => (costs.get(lineId) ?? 0) - costBefore(lineId),
    money,
  );
  return record(OrderAmended, {
    ...order.facts,
    amendedLines: lines,
    listTotal,
    totalBefore: money(order.total),
    totalAfter: money(totalAfter),
    amount: money(totalAfter - order.total),
    lines: changes,
    discounts: spread.discounts.map(({ discountId, shares }) => ({
      discountId,
      shares: lineShares(lines, (_line, index) => shares[index] ?? 0, money),
    })),
    reason: command.reason,
    evidence: check.evidence,
  });
}

/** Goods that moved stay on the order, as the goods that they are. */
function refuseBelowIssued(order: Order, lines: readonly OrderLine[]): Refusal | undefined {
  const linesById = new Map(lines.map((line) => [line.lineId, line]));
  for (const { ordered, issued, returned } of order.lines.values()) {
    const { lineId, sku, unit } = ordered;
    const moved = Math.max(issued.quantity, returned.quantity);
    const after = linesById.get(lineId);
    const left = after?.sku === sku && after.unit === unit ? thousandths(after.quantity) : 0;
    if (moved > left)
      return refuse('order.amended-below-issued', {
        lineId,
        moved: quantityText(moved),
        left: quantityText(left),
      });
  }
  return undefined;
}

function refuseAgainstReturns(
  order: Order,
  lines: readonly OrderLine[],
  costs: ReadonlyMap<string, number>,
): Refusal | undefined {
  const forbidden = lines.find(({ lineId, quantity }) => {
    const line = order.lines.get(lineId);
    return line && returnsForbid(line, costs.get(lineId) ?? 0, thousandths(quantity));
  });
  return forbidden && refuse('order.line-returned', { lineId: forbidden.lineId });
}
