import { Column, Entity, PrimaryColumn } from 'typeorm';
import { tableOf } from '../engine/table.js';

/** An order as it stands now. Amounts in minor units of its currency. */
@Entity({ name: 'orders', comment: 'Orders as they stand now, one row each' })
export class OrderRow {
  @PrimaryColumn({ name: 'order_id', type: 'uuid', primaryKeyConstraintName: 'orders_pkey' })
  orderId!: string;
  @Column({ name: 'order_number', type: 'text', nullable: true }) orderNumber!: string | null;
  @Column({ name: 'customer_id', type: 'uuid' }) customerId!: string;
  @Column({ name: 'branch_id', type: 'text' }) branchId!: string;
  @Column({ name: 'account_manager_id', type: 'text' }) accountManagerId!: string;
  @Column({ name: 'territory', type: 'text' }) territory!: string;
  @Column({ name: 'currency', type: 'text' }) currency!: string;
  @Column({ name: 'status', type: 'text' }) status!: 'open' | 'cancelled';
  @Column({ name: 'placed_at', type: 'timestamptz', precision: 3 }) placedAt!: string;
  @Column({ name: 'utc_offset', type: 'integer' }) utcOffset!: number;
  @Column({ name: 'placed_on', type: 'date' }) placedOn!: string;
  @Column({ name: 'due_on', type: 'date' }) dueOn!: string;
  @Column({ name: 'list_total', type: 'bigint' }) listTotal!: number | bigint;
  /** The total placed, changed by amendments and cancellation, before discounts. */
  @Column({ name: 'ordered', type: 'bigint' }) ordered!: number | bigint;
  @Column({ name: 'discounts', type: 'bigint' }) discounts!: number | bigint;
  @Column({ name: 'issued', type: 'bigint' }) issued!: number | bigint;
  @Column({ name: 'returned', type: 'bigint' }) returned!: number | bigint;
  @Column({ name: 'paid', type: 'bigint' }) paid!: number | bigint;
  /** Revision of the event that holds the lines as they stand. */
  @Column({ name: 'lines_revision', type: 'integer' }) linesRevision!: number;
  @Column({ name: 'revision', type: 'integer' }) revision!: number;
}

/** What happened to an order, one row an event: its lines, discounts, payments, issues and returns stand here. */
@Entity({ name: 'order_changes', comment: 'What happened to an order, one row for each event' })
export class OrderChangeRow {
  @PrimaryColumn({ name: 'order_id', type: 'uuid', primaryKeyConstraintName: 'order_changes_pkey' })
  orderId!: string;
  @PrimaryColumn({ name: 'revision', type: 'integer', primaryKeyConstraintName: 'order_changes_pkey' })
  revision!: number;
  @Column({ name: 'position', type: 'bigint' }) position!: bigint;
  /** The event's type. */
  @Column({ name: 'kind', type: 'text' }) kind!: string;
  @Column({ name: 'occurred_at', type: 'timestamptz', precision: 3 }) occurredAt!: string;
  @Column({ name: 'utc_offset', type: 'integer' }) utcOffset!: number;
  /** The event's data without what the order's row says already. */
  @Column({ name: 'details', type: 'json' }) details!: object;
}

export const ordersTable = tableOf(OrderRow);
export const orderChangesTable = tableOf(OrderChangeRow);
