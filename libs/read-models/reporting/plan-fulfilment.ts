import type { ReportingView } from './view.js';

export const planFulfilment: ReportingView = {
  name: 'plan_fulfilment',
  comment: 'Targets of sales plans and what was achieved, one row for each plan and product group',
  columns: {
    plan_id: 'Id of the plan',
    scope_kind: 'Whose sales count: account-manager, branch or territory',
    scope_id: 'Id of the account manager, branch or territory',
    branch_id: 'Branch whose plan it is',
    period: 'Year, quarter or month, such as 2011, 2011-Q4 or 2011-11',
    measure: 'ordered, issued or paid',
    product_group: 'Product group that the target is for; null: everything counts',
    currency: 'ISO 4217 code of all amounts',
    target: 'Target as revised, in minor units',
    original_target: 'Target as first set, in minor units; null: a revision added the product group',
    achieved_posted:
      'Achieved net of discounts and returns, by the account manager on the event, in minor units',
    achieved_current:
      'Achieved net of discounts and returns, by the account manager of the customer now, in minor units',
    fulfilment_posted: 'achieved_posted / target in basis points; null for a target of 0',
    fulfilment_current: 'achieved_current / target in basis points; null for a target of 0',
    closed: 'Whether the plan takes no more revisions',
  },
  query: `
    WITH months AS (
      SELECT date_trunc('month', c.day)::date AS month, counted.attribution, counted.scope_kind, counted.scope_id,
        c.product_group, c.currency, sum(c.ordered) AS ordered, sum(c.issued) AS issued, sum(c.paid) AS paid
      FROM read_models.plan_contributions c
      LEFT JOIN read_models.plan_customers k USING (customer_id)
      CROSS JOIN LATERAL (VALUES
        ('posted', 'account-manager', c.account_manager_id), ('current', 'account-manager', k.account_manager_id),
        ('posted', 'branch', c.branch_id), ('current', 'branch', k.branch_id),
        ('posted', 'territory', c.territory), ('current', 'territory', c.territory)
      ) AS counted (attribution, scope_kind, scope_id)
      GROUP BY 1, 2, 3, 4, 5, 6
    ), targets AS (
      SELECT p.*, target ->> 'productGroup' AS product_group, (target -> 'target' ->> 'amount')::bigint AS target
      FROM read_models.sales_plans p
      CROSS JOIN LATERAL jsonb_array_elements(p.targets) AS target
    ), achieved AS (
      SELECT t.plan_id, t.scope_kind, t.scope_id, t.branch_id, t.period, t.measure, t.product_group, t.currency,
        t.target, t.original_targets, t.closed,
        coalesce(sum(CASE t.measure WHEN 'ordered' THEN m.ordered WHEN 'issued' THEN m.issued ELSE m.paid END)
          FILTER (WHERE m.attribution = 'posted'), 0)::bigint AS posted,
        coalesce(sum(CASE t.measure WHEN 'ordered' THEN m.ordered WHEN 'issued' THEN m.issued ELSE m.paid END)
          FILTER (WHERE m.attribution = 'current'), 0)::bigint AS current
      FROM targets t
      LEFT JOIN months m ON m.scope_kind = t.scope_kind AND m.scope_id = t.scope_id AND m.currency = t.currency
        AND m.month BETWEEN t.starts_on AND t.ends_on
        AND (t.product_group IS NULL OR t.product_group = m.product_group)
      GROUP BY t.plan_id, t.scope_kind, t.scope_id, t.branch_id, t.period, t.measure, t.product_group, t.currency,
        t.target, t.original_targets, t.closed
    )
    SELECT plan_id, scope_kind, scope_id, branch_id, period, measure, product_group, currency, target,
      (SELECT (original -> 'target' ->> 'amount')::bigint FROM jsonb_array_elements(original_targets) AS original
        WHERE original ->> 'productGroup' IS NOT DISTINCT FROM product_group LIMIT 1),
      posted, current, round(posted * 10000.0 / nullif(target, 0))::bigint,
      round(current * 10000.0 / nullif(target, 0))::bigint, closed
    FROM achieved`,
};
