import { Type } from '@sinclair/typebox';
import sql from 'sql-template-tag';
import { customers } from '../customers/projection.js';
import { customerSeen, type CustomerAsked } from '../customers/queries.js';
import { orders } from '../orders/projection.js';
import { Cursor, given, pageOf, where, type Page, type PageAsked } from '../query/page.js';
import { found, seenByAll, type Found, type Question } from '../query/question.js';
import { money, type RowAmount } from '../query/values.js';
import type { CustomerProduct } from './answer.js';
import { customerSalesHistory } from './projection.js';

export interface CustomerProductsAsked extends CustomerAsked, PageAsked {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

interface ProductRow {
  readonly sku: string;
  readonly description: string | null;
  readonly quantity: string;
  readonly net: RowAmount;
  readonly times: number;
  readonly last: string | null;
}

const cursors = new Cursor(Type.Tuple([Type.Integer(), Type.String()]));

const reads = [customers, customerSalesHistory, orders];

/**
 * What a customer buys, the greatest turnover first. Lines of orders stand with the orders, so both read models are cut at the
 * one position that both have seen. An amendment's shares say what it changes in money; its quantities are those of its own
 * lines less those of the lines before it.
 */
export const customerProducts: Question<CustomerProductsAsked, Found<Page<CustomerProduct>>> = {
  reads,
  async answer(snapshot, { from, to, limit, cursor, ...asked }) {
    const [net, sku] = cursor === undefined ? [] : cursors.decode(cursor);
    const customerOf = customerSeen(snapshot, asked);
    const rowsOf = snapshot.rows<ProductRow>(sql`
      WITH history AS (
        SELECT day, position, kind, order_id, revision, credit_lines
        FROM read_models.customer_sales_history
        WHERE customer_id = ${asked.customerId} AND position <= ${seenByAll(reads)} AND kind NOT LIKE 'Payment%'
      ), versions AS (
        SELECT day, position, kind, order_id, revision,
          lag(revision) OVER (PARTITION BY order_id ORDER BY position) AS revision_before
        FROM history
        WHERE kind IN ('OrderPlaced', 'OrderAmended')
      ), effects AS (
        SELECT h.day, h.position, CASE h.kind WHEN 'OrderPlaced' THEN h.order_id END AS order_id,
          share ->> 'sku' AS sku, share ->> 'description' AS description,
          CASE WHEN h.kind IN ('OrderPlaced', 'OrderAmended', 'DiscountWithdrawn') THEN 1 ELSE -1 END AS sign,
          (share ->> 'quantity')::numeric AS quantity, (share -> 'amount' ->> 'amount')::bigint AS amount
        FROM history h
        LEFT JOIN read_models.order_changes c USING (order_id, revision)
        CROSS JOIN LATERAL jsonb_array_elements(coalesce(h.credit_lines, c.details::jsonb -> 'lines')) AS share
        UNION ALL
        SELECT v.day, v.position, CASE c.revision WHEN v.revision THEN v.order_id END,
          line ->> 'sku', line ->> 'description',
          CASE c.revision WHEN v.revision THEN 1 ELSE -1 END, (line ->> 'quantity')::numeric, 0
        FROM versions v
        JOIN read_models.order_changes c ON c.order_id = v.order_id AND c.revision IN (v.revision, v.revision_before)
        CROSS JOIN LATERAL jsonb_array_elements(coalesce(c.details -> 'amendedLines', c.details -> 'lines')::jsonb) AS line
        WHERE v.kind = 'OrderAmended'
      ), products AS (
        SELECT sku,
          (array_agg(description ORDER BY position DESC, sign DESC) FILTER (WHERE description <> ''))[1] AS description,
          trim_scale(sum(sign * coalesce(quantity, 0))) AS quantity,
          sum(sign * amount)::bigint AS net,
          count(DISTINCT order_id)::integer AS times,
          max(day) FILTER (WHERE order_id IS NOT NULL) AS last
        FROM effects
        ${where(
          given(from, (day) => sql`day >= ${day}`),
          given(to, (day) => sql`day <= ${day}`),
        )}
        GROUP BY 1
      )
      SELECT * FROM products
      ${where(given(net, () => sql`(net < ${net} OR (net = ${net} AND sku > ${sku}))`))}
      ORDER BY net DESC, sku
      LIMIT ${limit + 1}`);
    const [customer, rows] = await Promise.all([customerOf, rowsOf]);
    if (customer.kind !== 'found') return customer;
    const { currency } = customer.thing;
    return found(
      pageOf(
        rows,
        limit,
        (row) => ({ ...row, description: row.description ?? '', net: money(row.net, currency) }),
        (last) => cursors.encode([Number(last.net), last.sku]),
      ),
    );
  },
};
