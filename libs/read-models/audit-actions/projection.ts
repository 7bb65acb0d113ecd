import { eventDefinitions, type DomainEvent, type EventType, type LoggedEvent } from '#kontor/contracts';
import { insert, projection } from '../engine/projection.js';
import { occurrence } from '../occurrence.js';
import { auditActionsTable, type AuditActionRow } from './rows.js';

type What = Pick<
  AuditActionRow,
  'type' | 'outcome' | 'code' | 'figures' | 'customerId' | 'orderId' | 'amount' | 'currency'
>;

function whatHappened(event: LoggedEvent): What {
  const { data } = event;
  const customerId = 'customerId' in data ? (data.customerId ?? null) : null;
  const orderId = 'orderId' in data ? (data.orderId ?? null) : null;
  if (event.type === 'CommandRefused') {
    const { command, code, figures } = event.data;
    return {
      type: command,
      outcome: 'refused',
      code,
      figures,
      customerId,
      orderId,
      amount: null,
      currency: null,
    };
  }
  const money = amountOf(event);
  return {
    type: event.type,
    outcome: 'accepted',
    code: null,
    figures: null,
    customerId,
    orderId,
    amount: money?.amount ?? null,
    currency: money?.currency ?? null,
  };
}

function amountOf({ data }: DomainEvent) {
  if ('amount' in data) return data.amount;
  return 'total' in data ? data.total : undefined;
}

const eventTypes = Object.keys(eventDefinitions) as EventType[];

export const auditActions = projection(
  'audit-actions',
  1,
  [auditActionsTable],
  {
    any: (event) => {
      const { actor, onBehalfOf, authority, commandId, correlationId } = event.metadata;
      return insert(auditActionsTable, {
        position: event.position,
        eventId: event.eventId,
        stream: event.stream,
        revision: event.revision,
        ...whatHappened(event),
        actorId: actor.actorId,
        role: actor.role,
        onBehalfOf: onBehalfOf ?? null,
        authorityKind: authority.kind,
        authorityReference: authority.reference,
        branchId: event.data.branchId ?? actor.branchId ?? null,
        commandId,
        correlationId,
        ...occurrence(event),
      });
    },
  },
  eventTypes,
);
