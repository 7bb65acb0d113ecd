import type { ReportingView } from './view.js';

export const stockRequests: ReportingView = {
  name: 'stock_requests',
  comment: 'Stock requests as they stand now, one row each',
  columns: {
    stock_request_id: 'Id of the request',
    branch_id: 'Branch that asked',
    supplier: 'central-warehouse, production or regional-policy',
    order_id: 'Order that the stock is for; null where it is for none',
    requested_by: 'Account manager who asked, or whom a sales system asked for',
    requested_at: 'Business time of the request',
    reason: 'order, reservation, replenishment or sample',
    needed_by: 'Day by which the stock is needed',
    status: 'requested, confirmed, refused, dispatched, received or cancelled',
    promised_for: 'Day that the supplier promised',
    closing_reason: 'Why the request was refused or cancelled',
    lines: 'Articles asked for: sku, quantity, unit',
    dispatched_lines: 'Articles on their way: sku, quantity, unit',
    received_lines: 'Articles as counted on arrival: sku, quantity, unit',
  },
  query: `
    SELECT stock_request_id, branch_id, supplier, order_id, requested_by, requested_at, reason, needed_by, status,
      promised_for, closing_reason, lines, dispatched_lines, received_lines
    FROM read_models.stock_requests`,
};

export const auditActions: ReportingView = {
  name: 'audit_actions',
  comment: 'Every action, accepted or refused, one row for each event of the log',
  columns: {
    position: 'Position of the event in the log',
    event_id: 'Id of the event',
    stream: 'Stream of the event',
    revision: 'Revision of the event within its stream',
    type: 'Type of the event; of a refused action, the name of the command',
    outcome: 'accepted or refused',
    code: 'Code of the rule that refused; null where accepted',
    figures: 'Figures that the rule saw; null where accepted',
    actor_id: 'Who acted',
    role: 'Role that they acted in',
    on_behalf_of: 'Account manager whom a sales system acted for',
    authority_kind: 'Kind of authority that they acted under',
    authority_reference: 'What the authority rests on',
    branch_id: 'Branch whose matter it was',
    customer_id: 'Customer concerned',
    order_id: 'Order concerned',
    amount: 'Amount of the event in minor units, where it has one',
    currency: 'ISO 4217 code of the amount',
    occurred_at: 'Business time',
    day: 'Business day in the zone of the branch',
    recorded_at: 'When the event was recorded',
  },
  query: `
    SELECT position, (action ->> 'eventId')::uuid, action ->> 'stream', (action ->> 'revision')::integer, type, outcome,
      action ->> 'code', (action ->> 'figures')::jsonb, actor_id, action #>> '{actor,role}', on_behalf_of,
      action #>> '{authority,kind}', action #>> '{authority,reference}', branch_id, customer_id, order_id,
      (action #>> '{amount,amount}')::bigint, action #>> '{amount,currency}', (action ->> 'occurredAt')::timestamptz(3), day,
      (action ->> 'recordedAt')::timestamptz(3)
    FROM read_models.audit_actions`,
};
