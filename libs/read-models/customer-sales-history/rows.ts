import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { CreditNoteLine } from '#kontor/contracts';
import { tableOf } from '../engine/table.js';

/**
 * A customer's ledger: one row for each event that changes what was sold to the customer or what they owe. Columns are
 * signed, so that every report is a sum over them and a past moment is a condition on them.
 */
@Entity({
  name: 'customer_sales_history',
  comment: 'One row for each event that changes what was sold to a customer or what they owe',
})
@Index('customer_sales_history_customer', ['customerId', 'occurredAt', 'position'])
export class CustomerSalesHistoryRow {
  @PrimaryColumn({
    name: 'position',
    type: 'bigint',
    primaryKeyConstraintName: 'customer_sales_history_pkey',
  })
  position!: bigint;
  @Column({ name: 'customer_id', type: 'uuid' }) customerId!: string;
  /** The event's type. */
  @Column({ name: 'kind', type: 'text' }) kind!: string;
  @Column({ name: 'order_id', type: 'uuid', nullable: true }) orderId!: string | null;
  /** Revision within the order's stream, or the credit note's. */
  @Column({ name: 'revision', type: 'integer' }) revision!: number;
  /** Order number where an order is placed, the credit note's number where one is issued. */
  @Column({ name: 'reference', type: 'text', nullable: true }) reference!: string | null;
  @Column({ name: 'branch_id', type: 'text' }) branchId!: string;
  @Column({ name: 'account_manager_id', type: 'text' }) accountManagerId!: string;
  @Column({ name: 'territory', type: 'text' }) territory!: string;
  @Column({ name: 'currency', type: 'text' }) currency!: string;
  @Column({ name: 'occurred_at', type: 'timestamptz', precision: 3 }) occurredAt!: string;
  @Column({ name: 'utc_offset', type: 'integer' }) utcOffset!: number;
  @Column({ name: 'day', type: 'date' }) day!: string;
  @Column({ name: 'recorded_at', type: 'timestamptz', precision: 3 }) recordedAt!: string;
  /** As on the event: positive as given or taken off, signed only for amendments. */
  @Column({ name: 'amount', type: 'bigint' }) amount!: number | bigint;
  @Column({ name: 'orders', type: 'integer', default: 0 }) orders!: number;
  @Column({ name: 'ordered', type: 'bigint', default: 0 }) ordered!: number | bigint;
  @Column({ name: 'discounts', type: 'bigint', default: 0 }) discounts!: number | bigint;
  @Column({ name: 'credited', type: 'bigint', default: 0 }) credited!: number | bigint;
  @Column({ name: 'paid', type: 'bigint', default: 0 }) paid!: number | bigint;
  /** Of credit notes only: an order's lines stand with the order. */
  @Column({ name: 'credit_lines', type: 'jsonb', nullable: true }) creditLines!:
    readonly CreditNoteLine[] | null;
}

export const customerSalesHistoryTable = tableOf(CustomerSalesHistoryRow);
