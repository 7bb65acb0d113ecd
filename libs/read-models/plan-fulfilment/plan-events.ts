import { Type } from '@sinclair/typebox';
import { Day } from '#kontor/contracts';
import sql from 'sql-template-tag';
import { Cursor, given, pageOf, PositionText, where, type Page, type PageAsked } from '../query/page.js';
import { found, outside, unknown, type Found, type Question } from '../query/question.js';
import { money, zonedInstant, type RowAmount } from '../query/values.js';
import type { Visibility } from '../query/visibility.js';
import type { PlanContribution } from './answer.js';
import {
  contributionsByScope,
  measured,
  plansWithTargets,
  planVisible,
  type Attribution,
} from './fragments.js';
import { planFulfilment } from './projection.js';

export interface PlanEventsAsked extends PageAsked {
  readonly visibility: Visibility;
  readonly attribution: Attribution;
  readonly planId: string;
}

interface ContributionRow {
  readonly productGroup: string | null;
  readonly eventId: string;
  readonly type: string;
  readonly day: string;
  readonly position: string;
  readonly occurredAt: string;
  readonly utcOffset: number;
  readonly customerId: string;
  readonly orderId: string | null;
  readonly currency: string;
  readonly contribution: RowAmount;
}

const toAnswer = ({
  day: _day,
  utcOffset,
  currency,
  contribution,
  ...row
}: ContributionRow): PlanContribution => ({
  ...row,
  occurredAt: zonedInstant(row.occurredAt, utcOffset),
  contribution: money(contribution, currency),
});

const cursors = new Cursor(Type.Tuple([Day, PositionText, Type.String()]));

/** The events that make up a plan's figures, by business day; an event in several of the plan's targets stands once for each. */
export const planEvents: Question<PlanEventsAsked, Found<Page<PlanContribution>>> = {
  reads: [planFulfilment],
  async answer(snapshot, { visibility, attribution, planId, limit, cursor }) {
    const after = cursor === undefined ? undefined : cursors.decode(cursor);
    const planOf = snapshot.rows<{ readonly visible: boolean | null }>(sql`
      SELECT ${planVisible(visibility)} AS visible FROM read_models.sales_plans p WHERE plan_id = ${planId}`);
    const rowsOf = snapshot.rows<ContributionRow>(sql`
      SELECT t.product_group AS "productGroup", c.event_id AS "eventId", c.kind AS type, c.day, c.position,
        c.occurred_at AS "occurredAt", c.utc_offset AS "utcOffset", c.customer_id AS "customerId",
        c.order_id AS "orderId", c.currency, sum(${measured(sql`c`)})::bigint AS contribution
      FROM ${plansWithTargets}
      JOIN (SELECT * FROM ${contributionsByScope(attribution)}) AS c
        ON c.day BETWEEN p.starts_on AND p.ends_on AND c.currency = p.currency
          AND c.scope_kind = p.scope_kind AND c.scope_id = p.scope_id
          AND (t.product_group IS NULL OR t.product_group = c.product_group)
      ${where(
        sql`p.plan_id = ${planId}`,
        sql`${measured(sql`c`)} <> 0`,
        given(
          after,
          ([day, position, group]) => sql`
            (c.day, c.position, coalesce(t.product_group, '')) > (${day}::date, ${position}::bigint, ${group})`,
        ),
      )}
      GROUP BY t.product_group, c.event_id, c.kind, c.day, c.position, c.occurred_at, c.utc_offset, c.customer_id,
        c.order_id, c.currency
      ORDER BY c.day, c.position, coalesce(t.product_group, '')
      LIMIT ${limit + 1}`);
    const [[plan], rows] = await Promise.all([planOf, rowsOf]);
    if (!plan) return unknown;
    if (!plan.visible) return outside;
    return found(
      pageOf(rows, limit, toAnswer, ({ day, position, productGroup }) =>
        cursors.encode([day, position, productGroup ?? '']),
      ),
    );
  },
};
