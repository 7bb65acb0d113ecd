import { OrderCancelled, type OrderEvent } from '#kontor/contracts';
import { nothing, record, type Circumstances, type Decision } from '../decision.js';
import { inCurrency, sum } from '../money.js';
import { share } from '../proportion.js';
import { quantityText } from '../quantity.js';
import { lineOf } from './line-shares.js';
import type { Line, Order } from './order.js';

export interface CancelOrder {
  readonly orderId: string;
  readonly reason: string;
}

/** Takes off what was not issued; issued goods stay due until they are returned. */
export function cancelOrder(
  order: Order,
  { reason }: CancelOrder,
  _facts: Circumstances,
): Decision<OrderEvent> {
  if (order.status === 'cancelled') return nothing;

  const money = inCurrency(order.facts.currency);
  const takenOff = [...order.lines.values()].map((line) => {
    const kept = keptQuantity(line);
    return { line, quantity: line.quantity - kept, amount: line.cost - keptCost(line, kept) };
  });
  const amount = sum(takenOff.map((part) => part.amount));
  return record(OrderCancelled, {
    ...order.facts,
    amount: money(amount),
    totalBefore: money(order.total),
    totalAfter: money(order.total - amount),
    reason,
    lines: takenOff
      .filter(({ quantity }) => quantity > 0)
      .map(({ line, quantity, amount }) => ({
        ...lineOf(line.ordered),
        quantity: quantityText(quantity),
        amount: money(amount),
      })),
  });
}

/** Goods that came back must have left, recorded or not. */
const keptQuantity = ({ issued, returned }: Line): number => Math.max(issued.quantity, returned.quantity);

/** What came back as a whole costs what its return took off; nothing kept costs less than that. */
function keptCost({ quantity, cost, returned }: Line, kept: number): number {
  if (kept === quantity) return cost;
  if (kept === returned.quantity) return returned.amount;
  return Math.max(share(cost, kept, quantity), returned.amount);
}
