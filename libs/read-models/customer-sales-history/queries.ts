import { Type } from '@sinclair/typebox';
import sql, { type Sql } from 'sql-template-tag';
import { customers } from '../customers/projection.js';
import { customerSeen, type CustomerAsked } from '../customers/queries.js';
import { orders } from '../orders/projection.js';
import { Cursor, given, pageOf, PositionText, where, type PageAsked } from '../query/page.js';
import { found, seenByAll, type Found, type Question } from '../query/question.js';
import { money, zonedInstant } from '../query/values.js';
import type { SalesHistoryAnswer, SalesHistoryEntry } from './answer.js';
import { entriesAfter, type EntryRow, monthsAfter, type MonthRow, owed } from './ledger.js';
import { customerSalesHistory } from './projection.js';
import { customerSalesHistoryTable } from './rows.js';

/** An instant, or a plain day that means its end. Inclusive. */
export type Moment = { readonly instant: string } | { readonly day: string };

/** The time zones in which the days of branches end, as IANA names them. */
export interface Zones {
  readonly default: string;
  /** Of branches that are elsewhere. */
  readonly branches: Readonly<Record<string, string>>;
}

export interface SalesHistoryAsked extends CustomerAsked, PageAsked {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly asOf?: Moment | undefined;
  readonly recordedUntil?: Moment | undefined;
  readonly zones: Zones;
}

const happenedBy = (moment: Moment): Sql =>
  'day' in moment ? sql`day <= ${moment.day}` : sql`occurred_at <= ${moment.instant}::timestamptz`;

/** A day ends where the customer's branch is. */
const recordedBy = (moment: Moment, { customerId, zones }: SalesHistoryAsked): Sql => {
  if ('instant' in moment) return sql`recorded_at <= ${moment.instant}::timestamptz`;
  const branch = sql`(SELECT branch_id FROM read_models.customers WHERE customer_id = ${customerId})`;
  const zone = sql`coalesce(${JSON.stringify(zones.branches)}::jsonb ->> ${branch}, ${zones.default})`;
  return sql`recorded_at < (${moment.day}::date + 1)::timestamp AT TIME ZONE ${zone}`;
};

/** `WHERE`, of the customer's ledger, what was known at the moment that is asked for, and what else is wanted of that. */
const whereKnown = (asked: SalesHistoryAsked, seen: Sql, ...wanted: readonly (Sql | undefined)[]): Sql =>
  where(
    sql`customer_id = ${asked.customerId}`,
    sql`position <= ${seen}`,
    given(asked.asOf, happenedBy),
    given(asked.recordedUntil, (moment) => recordedBy(moment, asked)),
    ...wanted,
  );

function toSums(rows: readonly MonthRow[], currency: string) {
  const total = (column: 'orders' | 'ordered' | 'discounts' | 'credited' | 'paid') =>
    rows.reduce((sum, row) => sum + Number(row[column]), 0);
  const [ordered, discounts, credited] = [total('ordered'), total('discounts'), total('credited')];
  return {
    orders: total('orders'),
    ordered: money(ordered, currency),
    discounts: money(discounts, currency),
    credited: money(credited, currency),
    net: money(ordered - discounts - credited, currency),
    paid: money(total('paid'), currency),
  };
}

const toEntry = (row: EntryRow, currency: string): SalesHistoryEntry => ({
  occurredAt: zonedInstant(row.occurredAt, row.utcOffset),
  recordedAt: row.recordedAt,
  kind: row.kind,
  orderId: row.orderId,
  orderNumber: row.orderNumber,
  amount: money(row.amount, currency),
  balanceAfter: money(row.balanceAfter, currency),
  position: row.position,
});

const cursors = new Cursor(Type.Tuple([Type.Integer(), PositionText]));

const reads = [customers, customerSalesHistory, orders];

/** Totals, months and entries, also as they were at a past moment. An order's number stands with the order. */
export const salesHistory: Question<SalesHistoryAsked, Found<SalesHistoryAnswer>> = {
  reads,
  later: {
    subject: ({ customerId, from, to, asOf, recordedUntil }) =>
      (from ?? to ?? asOf ?? recordedUntil) === undefined ? customerId : undefined,
    projection: customerSalesHistory,
    waitsFor: customers.handles,
  },
  async answer(snapshot, asked) {
    const { customerId, from, to } = asked;
    const isSinceFrom = given(from, (day) => sql`day >= ${day}`) ?? sql`TRUE`;
    const isUpToTo = given(to, (day) => sql`day <= ${day}`) ?? sql`TRUE`;
    const month = sql`date_trunc('month', day::timestamp)`;
    const monthsOf = snapshot.rows<MonthRow>(sql`
      SELECT to_char(${month}, 'YYYY-MM') AS month, ${isSinceFrom} AS "isInPeriod", sum(orders)::integer AS orders,
        sum(ordered)::bigint AS ordered, sum(discounts)::bigint AS discounts, sum(credited)::bigint AS credited,
        sum(paid)::bigint AS paid, min(day) FILTER (WHERE kind = 'OrderPlaced') AS "firstOrderOn",
        max(day) FILTER (WHERE kind = 'OrderPlaced') AS "lastOrderOn"
      FROM read_models.customer_sales_history
      ${whereKnown(asked, seenByAll(reads), isUpToTo)}
      GROUP BY ${month}, 2
      ORDER BY ${month}`);
    const [customer, seenMonths, seenEntries, laterRows] = await Promise.all([
      customerSeen(snapshot, asked),
      monthsOf,
      snapshot.rows<EntryRow>(entriesQuery(asked, sql`${isSinceFrom} AND ${isUpToTo}`)),
      snapshot.later(customerSalesHistoryTable),
    ]);
    if (customer.kind !== 'found') return customer;
    const { currency } = customer.thing;
    const later = laterRows.filter((row) => row.customerId === customer.thing.customerId);
    const months = monthsAfter(seenMonths, later);
    const entries = entriesAfter(seenEntries, asked, seenMonths, later);
    const shown = months.filter((row) => row.isInPeriod);
    return found({
      customerId,
      currency,
      totals: {
        ...toSums(shown, currency),
        balance: money(owed(months), currency),
        firstOrderOn: shown.find((row) => row.firstOrderOn !== null)?.firstOrderOn ?? null,
        lastOrderOn: shown.findLast((row) => row.lastOrderOn !== null)?.lastOrderOn ?? null,
      },
      months: shown.map((row) => ({ month: row.month, ...toSums([row], currency) })),
      entries: entriesPage(entries, asked.limit, currency),
    });
  },
};

/**
 * The balance runs over all that is known by business time: a page begins with what came before it, and takes along what lies within it
 * outside of the period, since days of branches end at different instants. A customer may have a hundred thousand entries, and PostgreSQL
 * plans for the usual one: the page is found in the ledger's index by business time, what came before is summed once, and not for each row
 * (`MATERIALIZED`), and of a page alone the numbers of orders are looked up.
 */
function entriesQuery(asked: SalesHistoryAsked, isInPeriod: Sql): Sql {
  const { limit, cursor } = asked;
  const [occurredAt, position] = cursor === undefined ? [] : cursors.decode(cursor);
  const fromLedger = (...wanted: readonly (Sql | undefined)[]) =>
    sql`FROM read_models.customer_sales_history ${whereKnown(asked, sql`(TABLE seen)`, ...wanted)}`;
  const isAfterCursor = given(
    occurredAt,
    (millisecond) =>
      sql`(occurred_at, position) > (to_timestamp(${millisecond}::numeric / 1000), ${position}::bigint)`,
  );
  return sql`
    WITH seen AS MATERIALIZED (
      SELECT ${seenByAll(reads)}
    ), page AS (
      SELECT occurred_at, position
      ${fromLedger(isInPeriod, isAfterCursor)}
      ORDER BY occurred_at, position
      LIMIT ${limit + 1}
    ), page_begin AS (
      SELECT * FROM page ORDER BY occurred_at, position LIMIT 1
    ), page_end AS (
      SELECT * FROM page ORDER BY occurred_at DESC, position DESC LIMIT 1
    ), before AS MATERIALIZED (
      SELECT coalesce(sum(ordered - discounts - credited - paid), 0) AS balance
      ${fromLedger(sql`(occurred_at, position) < (TABLE page_begin)`)}
    ), running AS (
      SELECT occurred_at, utc_offset, day, recorded_at, kind, order_id, amount, position,
        sum(ordered - discounts - credited - paid) OVER (ORDER BY occurred_at, position) AS change
      ${fromLedger(
        sql`(occurred_at, position) >= (TABLE page_begin)`,
        sql`(occurred_at, position) <= (TABLE page_end)`,
      )}
    )
    SELECT occurred_at AS "occurredAt", running.utc_offset AS "utcOffset", recorded_at AS "recordedAt", kind,
      order_id AS "orderId", order_number AS "orderNumber", amount, (before.balance + change)::bigint AS "balanceAfter", position
    FROM before
    CROSS JOIN running
    LEFT JOIN read_models.orders USING (order_id)
    WHERE ${isInPeriod}
    ORDER BY occurred_at, position`;
}

function entriesPage(
  rows: readonly EntryRow[],
  limit: number,
  currency: string,
): SalesHistoryAnswer['entries'] {
  const page = pageOf(
    rows,
    limit,
    (row) => toEntry(row, currency),
    (last) => cursors.encode([Date.parse(last.occurredAt), last.position]),
  );
  return { items: [...page.items], next: page.next };
}
