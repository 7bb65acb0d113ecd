import type { ReportingView } from './view.js';

const sums = {
  orders: 'Orders placed less orders cancelled',
  ordered: 'Totals placed, changed by amendments and cancellations, in minor units',
  discounts: 'Discounts granted less withdrawn, in minor units, positive as taken off',
  credited: 'Credit notes and returned goods, in minor units, positive as taken off',
  net: 'ordered - discounts - credited, in minor units',
};

export const customerSalesHistory: ReportingView = {
  name: 'customer_sales_history',
  comment:
    'Every event that changed what was sold to a customer or what they owe, one row each; sums add up over any rows',
  columns: {
    customer_id: 'Id of the customer',
    position: 'Position of the event in the log',
    kind: 'Type of the event, such as OrderPlaced',
    order_id: 'Id of the order; null for credit notes',
    order_number: 'Number of the order',
    credit_note_number: 'Number of the credit note',
    branch_id: 'Branch as it stood on the event',
    account_manager_id: 'Account manager as it stood on the event',
    territory: 'Territory as it stood on the event',
    currency: 'ISO 4217 code of all amounts',
    occurred_at: 'Business time',
    day: 'Business day in the zone of the branch',
    recorded_at: 'When the event was recorded',
    amount: 'Amount as it stands on the event, in minor units: signed for amendments only',
    ...sums,
    paid: 'Payments received less reversed, in minor units',
    balance_after:
      'What the customer owes after the event, by business time; negative: overpaid. In minor units',
  },
  query: `
    SELECT h.customer_id, h.position, h.kind, h.order_id, o.order_number,
      CASE h.kind WHEN 'CreditNoted' THEN h.reference END,
      h.branch_id, h.account_manager_id, h.territory, h.currency, h.occurred_at, h.day, h.recorded_at, h.amount,
      h.orders, h.ordered, h.discounts, h.credited, h.ordered - h.discounts - h.credited, h.paid,
      (sum(h.ordered - h.discounts - h.credited - h.paid)
        OVER (PARTITION BY h.customer_id ORDER BY h.occurred_at, h.position))::bigint
    FROM read_models.customer_sales_history h
    LEFT JOIN read_models.orders o ON o.order_id = h.order_id`,
};

export const customerMonths: ReportingView = {
  name: 'customer_months',
  comment: 'What was sold to each customer in each month, by business day',
  columns: {
    customer_id: 'Id of the customer',
    month: 'First day of the month',
    currency: 'ISO 4217 code of all amounts',
    ...sums,
    paid: 'Payments received less reversed, in minor units',
  },
  query: `
    SELECT customer_id, date_trunc('month', day)::date AS month, currency, sum(orders)::integer,
      sum(ordered)::bigint, sum(discounts)::bigint, sum(credited)::bigint,
      sum(ordered - discounts - credited)::bigint, sum(paid)::bigint
    FROM read_models.customer_sales_history
    GROUP BY customer_id, 2, currency`,
};

export const turnover: ReportingView = {
  name: 'turnover',
  comment: 'Sales of each day, by customer, account manager, branch, territory, product group and currency',
  columns: {
    day: 'Business day in the zone of the branch',
    customer_id: 'Id of the customer',
    account_manager_id: 'Account manager as it stood on the events',
    branch_id: 'Branch as it stood on the events',
    territory: 'Territory as it stood on the events',
    product_group: 'Product group; null where there is none',
    currency: 'ISO 4217 code of all amounts',
    ...sums,
    orders: 'Orders placed less cancelled, each on one of its product groups: add up over any rows',
    orders_in_group:
      'Orders placed less cancelled, each on all of its product groups: add up within one group only',
  },
  query: `
    SELECT day, customer_id, account_manager_id, branch_id, territory, nullif(product_group, ''), currency,
      orders, ordered, discounts, credited, ordered - discounts - credited, orders_in_group
    FROM read_models.turnover`,
};
