import sql, { type Sql } from 'sql-template-tag';
import { visible, type Visibility } from '../query/visibility.js';

/** Whose a sale is: the account manager's (and branch's) on the event, or the one's whom the customer is assigned to now. */
export const ATTRIBUTIONS = ['posted', 'current'] as const;
export type Attribution = (typeof ATTRIBUTIONS)[number];

/** Account manager and branch that a contribution `c` counts for; `k` is the customer's assignment now. */
const countedFor: Readonly<Record<Attribution, { readonly accountManager: Sql; readonly branch: Sql }>> = {
  posted: { accountManager: sql`c.account_manager_id`, branch: sql`c.branch_id` },
  current: { accountManager: sql`k.account_manager_id`, branch: sql`k.branch_id` },
};

/** Contributions with the scopes that they count for, one row for each; a territory's sales are its own whoever serves them. */
export const contributionsByScope = (attribution: Attribution): Sql => sql`
  read_models.plan_contributions c
  LEFT JOIN read_models.plan_customers k USING (customer_id)
  CROSS JOIN LATERAL (VALUES
    ('account-manager', ${countedFor[attribution].accountManager}),
    ('branch', ${countedFor[attribution].branch}),
    ('territory', c.territory)
  ) AS counted (scope_kind, scope_id)`;

/** What a row with the three measures' columns counts for a plan `p`. */
export const measured = (row: Sql): Sql =>
  sql`CASE p.measure WHEN 'ordered' THEN ${row}.ordered WHEN 'issued' THEN ${row}.issued ELSE ${row}.paid END`;

/** Plans `p` with their targets, one row for each product group. */
export const plansWithTargets = sql`
  read_models.sales_plans p
  CROSS JOIN LATERAL (
    SELECT value ->> 'productGroup' AS product_group, (value -> 'target' ->> 'amount')::bigint AS target
    FROM jsonb_array_elements(p.targets)
  ) AS t`;

/** An account manager sees the plans set for them. */
export const planVisible = (visibility: Visibility): Sql =>
  visible(visibility, {
    branchId: sql`p.branch_id`,
    accountManagerId: sql`CASE p.scope_kind WHEN 'account-manager' THEN p.scope_id END`,
  });
