import type { PageAsked } from '../query/page.js';
import { RowsNeeded } from '../query/question.js';
import type { RowAmount } from '../query/values.js';
import type { CustomerSalesHistoryRow } from './rows.js';

/** What a month's days in the period that is asked for, or those before it, come to. */
export interface MonthRow {
  readonly month: string;
  readonly isInPeriod: boolean;
  readonly orders: number;
  readonly ordered: RowAmount;
  readonly discounts: RowAmount;
  readonly credited: RowAmount;
  readonly paid: RowAmount;
  readonly firstOrderOn: string | null;
  readonly lastOrderOn: string | null;
}

/** An event of the ledger. */
export interface EntryRow {
  readonly occurredAt: string;
  readonly utcOffset: number;
  readonly recordedAt: string;
  readonly kind: string;
  readonly orderId: string | null;
  readonly orderNumber: string | null;
  readonly amount: RowAmount;
  readonly balanceAfter: RowAmount;
  readonly position: string;
}

/** What the customer owes by these rows. */
export const owed = (
  rows: readonly Pick<MonthRow, 'ordered' | 'discounts' | 'credited' | 'paid'>[],
): number =>
  rows.reduce(
    (sum, { ordered, discounts, credited, paid }) =>
      sum + Number(ordered) - Number(discounts) - Number(credited) - Number(paid),
    0,
  );

/** All months of a ledger, and what later rows of it add to them. */
export function monthsAfter(
  months: readonly MonthRow[],
  later: readonly CustomerSalesHistoryRow[],
): readonly MonthRow[] {
  if (later.length === 0) return months;
  const byMonth = new Map(months.map((row) => [row.month, row]));
  for (const row of later) {
    const month = row.day.slice(0, 7);
    byMonth.set(month, withRow(byMonth.get(month) ?? { month, ...nothing }, row));
  }
  return [...byMonth.values()].toSorted((one, other) => compare(one.month, other.month));
}

const nothing = {
  isInPeriod: true,
  orders: 0,
  ordered: 0,
  discounts: 0,
  credited: 0,
  paid: 0,
  firstOrderOn: null,
  lastOrderOn: null,
};

function withRow(sums: MonthRow, row: CustomerSalesHistoryRow): MonthRow {
  const { day } = row;
  const [first, last] = [sums.firstOrderOn ?? day, sums.lastOrderOn ?? day];
  return {
    ...sums,
    orders: sums.orders + row.orders,
    ordered: Number(sums.ordered) + Number(row.ordered),
    discounts: Number(sums.discounts) + Number(row.discounts),
    credited: Number(sums.credited) + Number(row.credited),
    paid: Number(sums.paid) + Number(row.paid),
    ...(row.kind === 'OrderPlaced' && {
      firstOrderOn: day < first ? day : first,
      lastOrderOn: day > last ? day : last,
    }),
  };
}

/**
 * A page of entries, which may be one more than there is room for, and what later rows of the ledger add to it.
 *
 * @param months all that was seen of the ledger
 * @throws {RowsNeeded} a later row belongs before the page's end by business time, or the number of its order is not at hand
 */
export function entriesAfter(
  page: readonly EntryRow[],
  { limit, cursor }: PageAsked,
  months: readonly MonthRow[],
  later: readonly CustomerSalesHistoryRow[],
): readonly EntryRow[] {
  const inOrder = later.toSorted((one, other) => compare(one.occurredAt, other.occurredAt));
  const [first, last] = [inOrder[0], page.at(-1)];
  if (!first) return page;
  if (last ? first.occurredAt < last.occurredAt : cursor !== undefined) throw new RowsNeeded();
  if (page.length > limit) return page;
  const numbers = new Map(page.map(({ orderId, orderNumber }) => [orderId, orderNumber]));
  let balanceAfter = owed(months);
  const added = inOrder.map((row) => {
    if (row.kind === 'OrderPlaced') numbers.set(row.orderId, row.reference);
    const orderNumber = row.orderId === null ? null : numbers.get(row.orderId);
    if (orderNumber === undefined) throw new RowsNeeded();
    balanceAfter += owed([row]);
    return { ...row, orderNumber, balanceAfter, position: String(row.position) };
  });
  return [...page, ...added];
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
