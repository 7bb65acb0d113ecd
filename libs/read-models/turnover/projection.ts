import type { CreditNoteEvent, LoggedEvent, OrderEvent } from '#kontor/contracts';
import { add, projection, type Change } from '../engine/projection.js';
import { businessDay } from '../occurrence.js';
import { splitByProductGroup } from '../product-group-split.js';
import { turnoverTable } from './rows.js';

type Column = 'ordered' | 'discounts' | 'credited';

/** Adds an event's amount, split by product group, to a column; `orders` is by how much the event changes their number. */
function sales(
  event: LoggedEvent<OrderEvent | CreditNoteEvent>,
  split: ReadonlyMap<string, number>,
  column: Column,
  { sign = 1, orders = 0 }: { sign?: 1 | -1; orders?: 1 | 0 | -1 } = {},
): Change[] {
  const { customerId, accountManagerId, branchId, territory, currency } = event.data;
  return [...split].map(([productGroup, amount], index) =>
    add(
      turnoverTable,
      { day: businessDay(event), customerId, accountManagerId, branchId, territory, productGroup, currency },
      { [column]: sign * amount, orders: index === 0 ? orders : 0, ordersInGroup: orders },
    ),
  );
}

export const turnover = projection('turnover', 1, [turnoverTable], {
  OrderPlaced: (event) => sales(event, splitByProductGroup(event.data.lines), 'ordered', { orders: 1 }),
  OrderAmended: (event) => sales(event, splitByProductGroup(event.data.lines), 'ordered'),
  OrderCancelled: (event) =>
    sales(event, splitByProductGroup(event.data.lines), 'ordered', { sign: -1, orders: -1 }),
  DiscountGranted: (event) => sales(event, splitByProductGroup(event.data.lines), 'discounts'),
  DiscountWithdrawn: (event) =>
    sales(event, splitByProductGroup(event.data.lines), 'discounts', { sign: -1 }),
  GoodsReturned: (event) => sales(event, splitByProductGroup(event.data.lines), 'credited'),
  CreditNoted: (event) =>
    sales(event, splitByProductGroup(event.data.lines, event.data.amount.amount), 'credited'),
});
