import { Type } from '@sinclair/typebox';
import { Uuid, type PlanMeasure, type PlanScopeKind, type PlanTarget } from '#kontor/contracts';
import sql from 'sql-template-tag';
import { Cursor, given, pageOf, where, type Page, type PageAsked } from '../query/page.js';
import type { Question } from '../query/question.js';
import { money, type RowAmount } from '../query/values.js';
import type { Visibility } from '../query/visibility.js';
import type { PlanFulfilmentItem } from './answer.js';
import {
  contributionsByScope,
  measured,
  plansWithTargets,
  planVisible,
  type Attribution,
} from './fragments.js';
import { planFulfilment } from './projection.js';

export interface PlanFulfilmentAsked extends PageAsked {
  readonly visibility: Visibility;
  readonly attribution: Attribution;
  /** Plans of exactly this period. */
  readonly period?: string | undefined;
  readonly branchId?: string | undefined;
  readonly accountManagerId?: string | undefined;
  readonly territory?: string | undefined;
}

interface FulfilmentRow {
  readonly planId: string;
  readonly scopeKind: PlanScopeKind;
  readonly scopeId: string;
  readonly period: string;
  readonly measure: PlanMeasure;
  readonly productGroup: string | null;
  readonly currency: string;
  readonly target: RowAmount;
  readonly originalTargets: readonly PlanTarget[];
  readonly achieved: RowAmount;
  readonly fulfilment: string | null;
}

const toItem = (row: FulfilmentRow): PlanFulfilmentItem => ({
  planId: row.planId,
  scope: { kind: row.scopeKind, id: row.scopeId },
  period: row.period,
  measure: row.measure,
  productGroup: row.productGroup,
  target: money(row.target, row.currency),
  originalTarget:
    row.originalTargets.find(({ productGroup = null }) => productGroup === row.productGroup)?.target ?? null,
  achieved: money(row.achieved, row.currency),
  fulfilment: row.fulfilment === null ? null : Number(row.fulfilment),
});

const cursors = new Cursor(Type.Tuple([Type.String(), Type.String(), Uuid, Type.String()]));
const keyOf = (row: FulfilmentRow): [string, string, string, string] => [
  row.period,
  row.scopeId,
  row.planId,
  row.productGroup ?? '',
];

/**
 * Plans with what was achieved. Contributions are summed by month, scope and product group first, so that many plans cost no
 * more than one.
 */
export const planFulfilmentList: Question<PlanFulfilmentAsked, Page<PlanFulfilmentItem>> = {
  reads: [planFulfilment],
  async answer(snapshot, { visibility, attribution, limit, cursor, ...asked }) {
    const after = cursor === undefined ? undefined : cursors.decode(cursor);
    const rows = await snapshot.rows<FulfilmentRow>(sql`
      WITH wanted AS MATERIALIZED (
        SELECT p.*, t.product_group, t.target
        FROM ${plansWithTargets}
        ${where(
          planVisible(visibility),
          given(asked.period, (period) => sql`p.period = ${period}`),
          given(asked.branchId, (id) => sql`p.branch_id = ${id}`),
          given(asked.accountManagerId, (id) => sql`p.scope_kind = 'account-manager' AND p.scope_id = ${id}`),
          given(asked.territory, (id) => sql`p.scope_kind = 'territory' AND p.scope_id = ${id}`),
          given(
            after,
            ([period, scopeId, planId, group]) => sql`
              (p.period, p.scope_id, p.plan_id, coalesce(t.product_group, ''))
                > (${period}, ${scopeId}, ${planId}::uuid, ${group})`,
          ),
        )}
        ORDER BY p.period, p.scope_id, p.plan_id, coalesce(t.product_group, '')
        LIMIT ${limit + 1}
      ), months AS (
        SELECT date_trunc('month', c.day)::date AS month, counted.scope_kind, counted.scope_id, c.product_group,
          c.currency, sum(c.ordered) AS ordered, sum(c.issued) AS issued, sum(c.paid) AS paid
        FROM ${contributionsByScope(attribution)}
        WHERE c.day BETWEEN (SELECT min(starts_on) FROM wanted) AND (SELECT max(ends_on) FROM wanted)
        GROUP BY 1, 2, 3, 4, 5
      ), achieved AS (
        SELECT p.plan_id, p.product_group, coalesce(sum(${measured(sql`m`)}), 0)::bigint AS achieved
        FROM wanted p
        LEFT JOIN months m ON m.scope_kind = p.scope_kind AND m.scope_id = p.scope_id AND m.currency = p.currency
          AND m.month BETWEEN p.starts_on AND p.ends_on
          AND (p.product_group IS NULL OR p.product_group = m.product_group)
        GROUP BY p.plan_id, p.product_group
      )
      SELECT p.plan_id AS "planId", p.scope_kind AS "scopeKind", p.scope_id AS "scopeId", p.period, p.measure,
        p.product_group AS "productGroup", p.currency, p.target, p.original_targets AS "originalTargets",
        a.achieved, round(a.achieved * 10000.0 / nullif(p.target, 0))::bigint AS fulfilment
      FROM wanted p
      JOIN achieved a ON a.plan_id = p.plan_id AND a.product_group IS NOT DISTINCT FROM p.product_group
      ORDER BY p.period, p.scope_id, p.plan_id, coalesce(p.product_group, '')`);
    return pageOf(rows, limit, toItem, (last) => cursors.encode(keyOf(last)));
  },
};
