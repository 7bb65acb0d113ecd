import type { ReportingView } from './view.js';

export const orders: ReportingView = {
  name: 'orders',
  comment: 'Orders as they stand now, one row each',
  columns: {
    order_id: 'Id of the order',
    order_number: 'Number that people use; not unique by rule',
    customer_id: 'Id of the customer',
    branch_id: 'Branch when the order was placed',
    account_manager_id: 'Account manager when the order was placed',
    territory: 'Territory when the order was placed',
    status: 'open or cancelled',
    placed_at: 'Business time of the order',
    placed_on: 'Business day of the order',
    due_on: 'Day by which the order is to be paid',
    currency: 'ISO 4217 code of all amounts',
    list_total: 'What the lines cost at list prices, in minor units',
    ordered: 'Total placed, changed by amendments and cancellation, in minor units',
    discounts: 'Discounts in force, in minor units',
    total: 'ordered - discounts, in minor units',
    issued: 'Goods issued, at their cost after discounts, in minor units',
    returned: 'Goods returned, at their cost after discounts, in minor units',
    paid: 'Payments received less reversed, in minor units',
    balance: 'total - returned - paid, in minor units; negative: overpaid',
    revision: 'Revision of the order',
  },
  query: `
    SELECT order_id, order_number, customer_id, branch_id, account_manager_id, territory, status, placed_at, placed_on,
      due_on, currency, list_total, ordered, discounts, ordered - discounts, issued, returned, paid,
      ordered - discounts - returned - paid, revision
    FROM read_models.orders`,
};

/**
 * The lines stand in the event that set them, and what happened to them since in the events' shares of lines. A line's cost is
 * the sum of its shares, so that it comes out right also where an amendment spread discounts anew.
 */
export const orderLines: ReportingView = {
  name: 'order_lines',
  comment: 'Lines of orders as they stand now, one row each',
  columns: {
    order_id: 'Id of the order',
    line_id: 'Id of the line',
    line_number: 'Place of the line in the order, from 1',
    customer_id: 'Id of the customer',
    placed_on: 'Business day of the order',
    currency: 'ISO 4217 code of all amounts',
    sku: 'Article',
    description: 'Description of the article',
    product_group: 'Product group; null where there is none',
    quantity: 'Quantity ordered',
    unit: 'Unit of the quantity, such as pcs or m',
    list_price: 'Price of a unit by the list, in major units of the currency',
    unit_price: 'Price of a unit as agreed, in major units of the currency',
    amount: 'quantity x unit price, in minor units',
    discounts: 'Share of the discounts in force, in minor units',
    cancelled_quantity: 'Quantity taken off by cancellation',
    cancelled: 'Amount taken off by cancellation, in minor units',
    issued_quantity: 'Quantity issued',
    returned_quantity: 'Quantity returned',
    returned: 'Cost of the returned quantity, in minor units',
    net: 'amount - discounts - cancelled - returned, in minor units',
  },
  // The casts let the view be made also where the column is not `json` yet: views are older than that migration.
  query: `
    WITH lines AS (
      SELECT o.*, line.*, (line."amount" ->> 'amount')::bigint AS line_amount
      FROM read_models.orders o
      JOIN read_models.order_changes c ON c.order_id = o.order_id AND c.revision = o.lines_revision
      CROSS JOIN LATERAL ROWS FROM (
        json_to_recordset(coalesce(c.details::json -> 'amendedLines', c.details::json -> 'lines')) AS ("lineId" uuid, sku text,
          description text, "productGroup" text, quantity numeric, unit text, "listPrice" numeric,
          "unitPrice" numeric, amount json)
      ) WITH ORDINALITY AS line (line_id, sku, description, product_group, quantity, unit, list_price, unit_price,
        amount, number)
    ), shares AS (
      SELECT c.order_id, c.kind, (share ->> 'lineId')::uuid AS line_id, (share ->> 'quantity')::numeric AS quantity,
        (share -> 'amount' ->> 'amount')::bigint AS amount
      FROM read_models.orders o
      JOIN read_models.order_changes c ON c.order_id = o.order_id
      CROSS JOIN LATERAL json_array_elements(c.details::json -> 'lines') AS share
      WHERE c.kind NOT LIKE 'Payment%' AND (c.kind <> 'OrderPlaced' OR o.lines_revision > 0)
    ), since AS (
      SELECT order_id, line_id,
        sum(CASE WHEN kind IN ('OrderPlaced', 'OrderAmended', 'DiscountWithdrawn') THEN amount
          WHEN kind = 'DiscountGranted' THEN -amount ELSE 0 END)::bigint AS cost,
        sum(quantity) FILTER (WHERE kind = 'OrderCancelled') AS cancelled_quantity,
        coalesce(sum(amount) FILTER (WHERE kind = 'OrderCancelled'), 0)::bigint AS cancelled,
        sum(quantity) FILTER (WHERE kind = 'GoodsIssued') AS issued_quantity,
        sum(quantity) FILTER (WHERE kind = 'GoodsReturned') AS returned_quantity,
        coalesce(sum(amount) FILTER (WHERE kind = 'GoodsReturned'), 0)::bigint AS returned
      FROM shares
      GROUP BY order_id, line_id
    ), costs AS (
      SELECT l.*, s.*,
        CASE l.lines_revision WHEN 0 THEN l.line_amount ELSE 0 END + coalesce(s.cost, 0) AS line_cost
      FROM lines l
      LEFT JOIN since s (since_order_id, since_line_id, cost, cancelled_quantity, cancelled, issued_quantity,
        returned_quantity, returned_amount) ON s.since_order_id = l.order_id AND s.since_line_id = l.line_id
    )
    SELECT order_id, line_id, number::integer, customer_id, placed_on, currency, sku, description, product_group,
      quantity, unit, list_price, unit_price, line_amount, line_amount - line_cost, coalesce(cancelled_quantity, 0),
      coalesce(cancelled, 0), coalesce(issued_quantity, 0), coalesce(returned_quantity, 0),
      coalesce(returned_amount, 0), line_cost - coalesce(cancelled, 0) - coalesce(returned_amount, 0)
    FROM costs`,
};
