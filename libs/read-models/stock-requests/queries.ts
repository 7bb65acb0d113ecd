import sql, { type Sql } from 'sql-template-tag';
import { customers } from '../customers/projection.js';
import { orders } from '../orders/projection.js';
import { given, pageOf, positionCursor, where, type Page, type PageAsked } from '../query/page.js';
import type { Question } from '../query/question.js';
import { zonedInstant } from '../query/values.js';
import { visible, type Visibility } from '../query/visibility.js';
import type { StockRequestAnswer } from './answer.js';
import { stockRequests } from './projection.js';
import type { StockRequestRow, StockRequestStatus } from './rows.js';

export interface StockRequestsAsked extends PageAsked {
  readonly visibility: Visibility;
  readonly branchId?: string | undefined;
  readonly status?: StockRequestStatus | undefined;
}

const columns = sql`stock_request_id AS "stockRequestId", position, branch_id AS "branchId", supplier,
  order_id AS "orderId", requested_by AS "requestedBy", requested_at AS "requestedAt", utc_offset AS "utcOffset",
  reason, needed_by AS "neededBy", status, promised_for AS "promisedFor", closing_reason AS "closingReason", lines,
  dispatched_lines AS "dispatchedLines", received_lines AS "receivedLines", revision`;

function toAnswer({ position, requestedAt, utcOffset, ...row }: StockRequestRow): StockRequestAnswer {
  return {
    ...row,
    requestedAt: zonedInstant(requestedAt, utcOffset),
    lines: [...row.lines],
    dispatchedLines: row.dispatchedLines && [...row.dispatchedLines],
    receivedLines: row.receivedLines && [...row.receivedLines],
  };
}

/** An account manager sees what they asked for themselves, and what was asked for an order of a customer of theirs. */
const mine = (accountManagerId: string): Sql => sql`(requested_by = ${accountManagerId} OR EXISTS (
  SELECT FROM read_models.orders o JOIN read_models.customers c USING (customer_id)
  WHERE o.order_id = r.order_id AND c.account_manager_id = ${accountManagerId}))`;

/** Stock requests in the order in which they were made. */
export const stockRequestList: Question<StockRequestsAsked, Page<StockRequestAnswer>> = {
  reads: [stockRequests, orders, customers],
  async answer(snapshot, { visibility, branchId, status, limit, cursor }) {
    const rows = await snapshot.rows<StockRequestRow>(sql`
      SELECT ${columns}
      FROM read_models.stock_requests r
      ${where(
        visibility.kind === 'own-customers'
          ? mine(visibility.accountManagerId)
          : visible(visibility, { branchId: sql`branch_id`, accountManagerId: sql`requested_by` }),
        given(branchId, (id) => sql`branch_id = ${id}`),
        given(status, (wanted) => sql`status = ${wanted}`),
        given(cursor, (last) => sql`position > ${positionCursor.decode(last)}`),
      )}
      ORDER BY position
      LIMIT ${limit + 1}`);
    return pageOf(rows, limit, toAnswer, ({ position }) => positionCursor.encode(String(position)));
  },
};
