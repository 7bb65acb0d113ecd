import sql from 'sql-template-tag';
import { given, pageOf, positionCursor, where, type Page, type PageAsked } from '../query/page.js';
import type { Question } from '../query/question.js';
import { visible, type Visibility } from '../query/visibility.js';
import { auditActions } from './projection.js';

export interface AuditActionsAsked extends PageAsked {
  readonly visibility: Visibility;
  readonly actorId?: string | undefined;
  readonly onBehalfOf?: string | undefined;
  readonly customerId?: string | undefined;
  readonly orderId?: string | undefined;
  /** An event's type; for refused actions, a command's name. */
  readonly type?: string | undefined;
  readonly outcome?: 'accepted' | 'refused' | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

interface ActionRow {
  readonly position: string;
  readonly action: string;
}

/** Not a parameter: only so is the index of the few that were refused thought of. */
const outcomeIs = { accepted: sql`outcome = 'accepted'`, refused: sql`outcome = 'refused'` };

/** Actions along the log, refused ones too: each is an `AuditAction` as JSON text. */
export const auditActionList: Question<AuditActionsAsked, Page<string>> = {
  reads: [auditActions],
  async answer(snapshot, { visibility, limit, cursor, ...asked }) {
    const rows = await snapshot.rows<ActionRow>(sql`
      SELECT position, action::text AS action
      FROM read_models.audit_actions
      ${where(
        visible(visibility, { branchId: sql`branch_id`, accountManagerId: sql`actor_id` }),
        given(asked.actorId, (id) => sql`actor_id = ${id}`),
        given(asked.onBehalfOf, (id) => sql`on_behalf_of = ${id}`),
        given(asked.customerId, (id) => sql`customer_id = ${id}`),
        given(asked.orderId, (id) => sql`order_id = ${id}`),
        given(asked.type, (type) => sql`type = ${type}`),
        given(asked.outcome, (outcome) => outcomeIs[outcome]),
        given(asked.from, (day) => sql`day >= ${day}`),
        given(asked.to, (day) => sql`day <= ${day}`),
        given(cursor, (last) => sql`position > ${positionCursor.decode(last)}`),
      )}
      ORDER BY position
      LIMIT ${limit + 1}`);
    return pageOf(
      rows,
      limit,
      ({ action }) => action,
      ({ position }) => positionCursor.encode(position),
    );
  },
};
