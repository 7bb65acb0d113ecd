import sql from 'sql-template-tag';
import { given, pageOf, positionCursor, where, type Page, type PageAsked } from '../query/page.js';
import type { Question } from '../query/question.js';
import { money, zonedInstant } from '../query/values.js';
import { visible, type Visibility } from '../query/visibility.js';
import type { AuditAction } from './answer.js';
import { auditActions } from './projection.js';
import type { AuditActionRow } from './rows.js';

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

const columns = sql`position, event_id AS "eventId", stream, revision, type, outcome, code, figures,
  actor_id AS "actorId", role, on_behalf_of AS "onBehalfOf", authority_kind AS "authorityKind",
  authority_reference AS "authorityReference", branch_id AS "branchId", customer_id AS "customerId",
  order_id AS "orderId", amount, currency, command_id AS "commandId", correlation_id AS "correlationId",
  occurred_at AS "occurredAt", utc_offset AS "utcOffset", recorded_at AS "recordedAt"`;

/** Not a parameter: only so is the index of the few that were refused thought of. */
const outcomeIs = { accepted: sql`outcome = 'accepted'`, refused: sql`outcome = 'refused'` };

/** Every field by name: pages of many rows take less of V8 than where the rest of a row is copied. */
const toAnswer = (row: AuditActionRow): AuditAction => ({
  position: String(row.position),
  eventId: row.eventId,
  stream: row.stream,
  revision: row.revision,
  type: row.type,
  outcome: row.outcome,
  code: row.code,
  figures: row.figures,
  onBehalfOf: row.onBehalfOf,
  branchId: row.branchId,
  customerId: row.customerId,
  orderId: row.orderId,
  commandId: row.commandId,
  correlationId: row.correlationId,
  occurredAt: zonedInstant(row.occurredAt, row.utcOffset),
  recordedAt: row.recordedAt,
  actor: { actorId: row.actorId, role: row.role },
  authority: { kind: row.authorityKind, reference: row.authorityReference },
  amount: row.amount === null || row.currency === null ? null : money(row.amount, row.currency),
});

/** Actions along the log, refused ones too. */
export const auditActionList: Question<AuditActionsAsked, Page<AuditAction>> = {
  reads: [auditActions],
  async answer(snapshot, { visibility, limit, cursor, ...asked }) {
    const rows = await snapshot.rows<AuditActionRow>(sql`
      SELECT ${columns}
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
    return pageOf(rows, limit, toAnswer, ({ position }) => positionCursor.encode(String(position)));
  },
};
