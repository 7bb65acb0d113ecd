import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Role } from '#kontor/contracts';
import { tableOf } from '../engine/table.js';

/** Who did what, for whom, under what authority, when, and with which result: one row an event, refusals included. */
@Entity({ name: 'audit_actions', comment: 'Every action, accepted or refused, one row for each event' })
@Index('audit_actions_customer', ['customerId', 'position'], { where: 'customer_id is not null' })
@Index('audit_actions_order', ['orderId', 'position'], { where: 'order_id is not null' })
@Index('audit_actions_actor', ['actorId', 'position'])
@Index('audit_actions_on_behalf_of', ['onBehalfOf', 'position'], { where: 'on_behalf_of is not null' })
@Index('audit_actions_refused', ['position'], { where: "outcome = 'refused'" })
export class AuditActionRow {
  @PrimaryColumn({ name: 'position', type: 'bigint', primaryKeyConstraintName: 'audit_actions_pkey' })
  position!: bigint;
  @Column({ name: 'event_id', type: 'uuid' }) eventId!: string;
  @Column({ name: 'stream', type: 'text' }) stream!: string;
  @Column({ name: 'revision', type: 'integer' }) revision!: number;
  /** The event's type; of a refused action, the command's name. */
  @Column({ name: 'type', type: 'text' }) type!: string;
  @Column({ name: 'outcome', type: 'text' }) outcome!: 'accepted' | 'refused';
  /** The stable code of the rule that refused. */
  @Column({ name: 'code', type: 'text', nullable: true }) code!: string | null;
  /** The figures that the rule saw. */
  @Column({ name: 'figures', type: 'jsonb', nullable: true }) figures!: Readonly<
    Record<string, unknown>
  > | null;
  @Column({ name: 'actor_id', type: 'text' }) actorId!: string;
  @Column({ name: 'role', type: 'text' }) role!: Role;
  @Column({ name: 'on_behalf_of', type: 'text', nullable: true }) onBehalfOf!: string | null;
  @Column({ name: 'authority_kind', type: 'text' }) authorityKind!: string;
  @Column({ name: 'authority_reference', type: 'text' }) authorityReference!: string;
  /** The branch whose matter it was. */
  @Column({ name: 'branch_id', type: 'text', nullable: true }) branchId!: string | null;
  @Column({ name: 'customer_id', type: 'uuid', nullable: true }) customerId!: string | null;
  @Column({ name: 'order_id', type: 'uuid', nullable: true }) orderId!: string | null;
  @Column({ name: 'amount', type: 'bigint', nullable: true }) amount!: number | bigint | null;
  @Column({ name: 'currency', type: 'text', nullable: true }) currency!: string | null;
  @Column({ name: 'command_id', type: 'uuid' }) commandId!: string;
  @Column({ name: 'correlation_id', type: 'uuid' }) correlationId!: string;
  @Column({ name: 'occurred_at', type: 'timestamptz', precision: 3 }) occurredAt!: string;
  @Column({ name: 'utc_offset', type: 'integer' }) utcOffset!: number;
  @Column({ name: 'day', type: 'date' }) day!: string;
  @Column({ name: 'recorded_at', type: 'timestamptz', precision: 3 }) recordedAt!: string;
}

export const auditActionsTable = tableOf(AuditActionRow);
