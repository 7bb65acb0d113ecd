import { eventDefinitions, type DomainEvent, type EventType, type LoggedEvent } from '#kontor/contracts';
import { insert, projection } from '../engine/projection.js';
import { instantOf } from '../engine/values.js';
import { businessDay } from '../occurrence.js';
import type { AuditAction } from './answer.js';
import { auditActionsTable } from './rows.js';

type Result = Pick<AuditAction, 'type' | 'outcome' | 'code' | 'figures' | 'amount'>;

const resultOf = (event: LoggedEvent): Result =>
  event.type === 'CommandRefused'
    ? {
        type: event.data.command,
        outcome: 'refused',
        code: event.data.code,
        figures: event.data.figures,
        amount: null,
      }
    : { type: event.type, outcome: 'accepted', code: null, figures: null, amount: amountOf(event) };

function amountOf({ data }: DomainEvent) {
  if ('amount' in data) return data.amount;
  return 'total' in data ? data.total : null;
}

/** As `uuid` columns give ids back: callers may bring theirs in capitals. */
const idOrNull = (id: string | undefined): string | null => id?.toLowerCase() ?? null;

function actionOf(event: LoggedEvent): AuditAction {
  const { data, metadata } = event;
  const { actor, authority } = metadata;
  return {
    position: String(event.position),
    eventId: event.eventId,
    stream: event.stream,
    revision: event.revision,
    ...resultOf(event),
    actor: { actorId: actor.actorId, role: actor.role },
    onBehalfOf: metadata.onBehalfOf ?? null,
    authority,
    branchId: data.branchId ?? actor.branchId ?? null,
    customerId: idOrNull('customerId' in data ? data.customerId : undefined),
    orderId: idOrNull('orderId' in data ? data.orderId : undefined),
    commandId: metadata.commandId,
    correlationId: metadata.correlationId,
    occurredAt: metadata.occurredAt,
    recordedAt: instantOf(event.recordedAt),
  };
}

const eventTypes = Object.keys(eventDefinitions) as EventType[];

export const auditActions = projection(
  'audit-actions',
  2,
  [auditActionsTable],
  {
    any: (event) => {
      const action = actionOf(event);
      const { type, outcome, actor, onBehalfOf, branchId, customerId, orderId } = action;
      return insert(auditActionsTable, {
        position: event.position,
        type,
        outcome,
        actorId: actor.actorId,
        onBehalfOf,
        branchId,
        customerId,
        orderId,
        day: businessDay(event),
        action,
      });
    },
  },
  eventTypes,
);
