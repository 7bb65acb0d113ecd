import { GoodsIssued, type OrderEvent } from '#kontor/contracts';
import { record, refuse, repeats, type Circumstances, type Decision } from '../decision.js';
import { inCurrency, sum } from '../money.js';
import { share } from '../proportion.js';
import { moveGoods, sameMovement, type Direction, type LineQuantity } from './moved-goods.js';
import type { Order } from './order.js';

export interface IssueGoods {
  readonly orderId: string;
  readonly issueId: string;
  readonly lines: readonly LineQuantity[];
  readonly reference?: string;
}

const outwards: Direction = {
  soFar: ({ issued }) => issued,
  worth: ({ cost, quantity }, issued) => share(cost, issued, quantity),
  over: 'order.over-issue',
};

/** Records goods that left for the customer, at most what was ordered. */
export function issueGoods(
  order: Order,
  { issueId, lines, reference }: IssueGoods,
  _facts: Circumstances,
): Decision<OrderEvent> {
  const known = order.issues.get(issueId);
  if (known)
    return sameMovement(known, lines, reference)
      ? repeats(known.revision)
      : refuse('order.issue-id-reused', { issueId });
  if (order.status !== 'open') return refuse('order.not-open', { status: order.status });
  const moved = moveGoods(order, lines, outwards);
  if (moved.kind === 'refuse') return moved;

  const amount = sum(moved.lines.map((line) => line.amount.amount));
  return record(GoodsIssued, {
    ...order.facts,
    issueId,
    amount: inCurrency(order.facts.currency)(amount),
    lines: moved.lines,
    ...(reference !== undefined && { reference }),
  });
}
