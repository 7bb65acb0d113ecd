import { Column, Entity, PrimaryColumn } from 'typeorm';
import { tableOf } from '../engine/table.js';

/** What was sold on a day, as finely as turnover is asked for. Amounts in minor units. */
@Entity({
  name: 'turnover',
  comment: 'Sales of each day by customer, account manager, branch, territory, product group and currency',
})
export class TurnoverRow {
  @PrimaryColumn({ name: 'day', type: 'date', primaryKeyConstraintName: 'turnover_pkey' }) day!: string;
  @PrimaryColumn({ name: 'customer_id', type: 'uuid', primaryKeyConstraintName: 'turnover_pkey' })
  customerId!: string;
  @PrimaryColumn({ name: 'account_manager_id', type: 'text', primaryKeyConstraintName: 'turnover_pkey' })
  accountManagerId!: string;
  @PrimaryColumn({ name: 'branch_id', type: 'text', primaryKeyConstraintName: 'turnover_pkey' })
  branchId!: string;
  @PrimaryColumn({ name: 'territory', type: 'text', primaryKeyConstraintName: 'turnover_pkey' })
  territory!: string;
  /** Empty where there is none. */
  @PrimaryColumn({ name: 'product_group', type: 'text', primaryKeyConstraintName: 'turnover_pkey' })
  productGroup!: string;
  @PrimaryColumn({ name: 'currency', type: 'text', primaryKeyConstraintName: 'turnover_pkey' })
  currency!: string;
  /** Each order once, on one of its product groups: sums over groups are right. */
  @Column({ name: 'orders', type: 'integer', default: 0 }) orders!: number;
  /** Each order once for every product group in it: right within a group only. */
  @Column({ name: 'orders_in_group', type: 'integer', default: 0 }) ordersInGroup!: number;
  @Column({ name: 'ordered', type: 'bigint', default: 0 }) ordered!: number | bigint;
  @Column({ name: 'discounts', type: 'bigint', default: 0 }) discounts!: number | bigint;
  @Column({ name: 'credited', type: 'bigint', default: 0 }) credited!: number | bigint;
}

export const turnoverTable = tableOf(TurnoverRow);
