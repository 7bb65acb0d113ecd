import type { LoggedEvent } from '#kontor/contracts';
import sql from 'sql-template-tag';
import { customers } from '../customers/projection.js';
import { projectInMemory } from '../engine/project-in-memory.js';
import { found, outside, unknown, type Found, type Question } from '../query/question.js';
import { sees, type Visibility } from '../query/visibility.js';
import type { OrderAnswer } from './answer.js';
import type { KeptOrderEvent } from './kept-event.js';
import { orderDocument } from './order-document.js';
import { orders } from './projection.js';
import { orderChangesTable, ordersTable, type OrderRow } from './rows.js';

export interface OrderAsked {
  readonly visibility: Visibility;
  readonly orderId: string;
}

interface OrderAndCustomerRow extends OrderRow {
  /** Of the customer now; null where the customer is not known yet. */
  readonly customerBranchId: string | null;
  readonly customerManagerId: string | null;
}

const columns = sql`o.order_id AS "orderId", o.order_number AS "orderNumber", o.customer_id AS "customerId",
  o.branch_id AS "branchId", o.account_manager_id AS "accountManagerId", o.territory, o.currency, o.status,
  o.placed_at AS "placedAt", o.utc_offset AS "utcOffset", o.placed_on AS "placedOn", o.due_on AS "dueOn",
  o.list_total AS "listTotal", o.ordered, o.discounts, o.issued, o.returned, o.paid,
  o.lines_revision AS "linesRevision", o.revision, c.branch_id AS "customerBranchId",
  c.account_manager_id AS "customerManagerId"`;

/** An order as it stands. A branch sees its own, and those of customers who have come to it since. */
export const oneOrder: Question<OrderAsked, Found<OrderAnswer>> = {
  reads: [orders, customers],
  async answer(snapshot, { visibility, orderId }) {
    const [[row], events] = await Promise.all([
      snapshot.rows<OrderAndCustomerRow>(sql`
        SELECT ${columns}
        FROM read_models.orders o
        LEFT JOIN read_models.customers c USING (customer_id)
        WHERE o.order_id = ${orderId}`),
      snapshot.rows<KeptOrderEvent>(sql`
        SELECT kind, details, occurred_at AS "occurredAt", utc_offset AS "utcOffset"
        FROM read_models.order_changes
        WHERE order_id = ${orderId}
        ORDER BY revision`),
    ]);
    if (!row) return unknown;
    const branches = [row.branchId, row.customerBranchId];
    if (!branches.some((branchId) => sees(visibility, { branchId, accountManagerId: row.customerManagerId })))
      return outside;
    return found(orderDocument(row, events));
  },
};

/** The order that these events of its stream, in order, add up to; undefined before it was placed. */
export function orderFrom(events: Iterable<LoggedEvent>): OrderAnswer | undefined {
  const tables = projectInMemory(orders, events);
  const [row] = tables.rows(ordersTable);
  const kept = tables.rows(orderChangesTable) as readonly KeptOrderEvent[];
  return row && orderDocument(row, kept);
}
