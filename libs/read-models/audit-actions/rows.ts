import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { tableOf } from '../engine/table.js';
import type { AuditAction } from './answer.js';

/**
 * Who did what, for whom, under what authority, when, and with which result: one row an event, refusals included. What actions are looked
 * up by has columns; all that is told of one stands in its document, as it is answered (ADR 21).
 */
@Entity({ name: 'audit_actions', comment: 'Every action, accepted or refused, one row for each event' })
@Index('audit_actions_customer', ['customerId', 'position'], { where: 'customer_id is not null' })
@Index('audit_actions_order', ['orderId', 'position'], { where: 'order_id is not null' })
@Index('audit_actions_actor', ['actorId', 'position'])
@Index('audit_actions_on_behalf_of', ['onBehalfOf', 'position'], { where: 'on_behalf_of is not null' })
@Index('audit_actions_refused', ['position'], { where: "outcome = 'refused'" })
export class AuditActionRow {
  @PrimaryColumn({ name: 'position', type: 'bigint', primaryKeyConstraintName: 'audit_actions_pkey' })
  position!: bigint;
  /** The event's type; of a refused action, the command's name. */
  @Column({ name: 'type', type: 'text' }) type!: string;
  @Column({ name: 'outcome', type: 'text' }) outcome!: AuditAction['outcome'];
  @Column({ name: 'actor_id', type: 'text' }) actorId!: string;
  @Column({ name: 'on_behalf_of', type: 'text', nullable: true }) onBehalfOf!: string | null;
  /** The branch whose matter it was. */
  @Column({ name: 'branch_id', type: 'text', nullable: true }) branchId!: string | null;
  @Column({ name: 'customer_id', type: 'uuid', nullable: true }) customerId!: string | null;
  @Column({ name: 'order_id', type: 'uuid', nullable: true }) orderId!: string | null;
  /** The business day. */
  @Column({ name: 'day', type: 'date' }) day!: string;
  @Column({ name: 'action', type: 'json' }) action!: AuditAction;
}

export const auditActionsTable = tableOf(AuditActionRow);
