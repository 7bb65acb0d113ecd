import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { PlanMeasure, PlanScopeKind, PlanTarget } from '#kontor/contracts';
import { tableOf } from '../engine/table.js';

/** A sales plan with its targets, as revised and as first set. */
@Entity({ name: 'sales_plans', comment: 'Sales plans with their targets, one row each' })
@Index('sales_plans_period', ['period'])
export class SalesPlanRow {
  @PrimaryColumn({ name: 'plan_id', type: 'uuid', primaryKeyConstraintName: 'sales_plans_pkey' })
  planId!: string;
  @Column({ name: 'scope_kind', type: 'text' }) scopeKind!: PlanScopeKind;
  @Column({ name: 'scope_id', type: 'text' }) scopeId!: string;
  @Column({ name: 'branch_id', type: 'text', nullable: true }) branchId!: string | null;
  @Column({ name: 'period', type: 'text' }) period!: string;
  /** First and last day of the period. */
  @Column({ name: 'starts_on', type: 'date' }) startsOn!: string;
  @Column({ name: 'ends_on', type: 'date' }) endsOn!: string;
  @Column({ name: 'measure', type: 'text' }) measure!: PlanMeasure;
  @Column({ name: 'currency', type: 'text' }) currency!: string;
  @Column({ name: 'targets', type: 'jsonb' }) targets!: readonly PlanTarget[];
  @Column({ name: 'original_targets', type: 'jsonb' }) originalTargets!: readonly PlanTarget[];
  @Column({ name: 'closed', type: 'boolean' }) closed!: boolean;
  @Column({ name: 'revision', type: 'integer' }) revision!: number;
}

/**
 * What an event contributes to plans, one row for each product group it touches. A figure is the sum of its contributions, so
 * figure and list can't differ. The day comes first in the key: a period's rows lie together.
 */
@Entity({
  name: 'plan_contributions',
  comment: 'What each event contributes to sales plans, by product group',
})
export class PlanContributionRow {
  @PrimaryColumn({ name: 'day', type: 'date', primaryKeyConstraintName: 'plan_contributions_pkey' })
  day!: string;
  @PrimaryColumn({ name: 'position', type: 'bigint', primaryKeyConstraintName: 'plan_contributions_pkey' })
  position!: bigint;
  /** Empty where there is none. */
  @PrimaryColumn({ name: 'product_group', type: 'text', primaryKeyConstraintName: 'plan_contributions_pkey' })
  productGroup!: string;
  @Column({ name: 'event_id', type: 'uuid' }) eventId!: string;
  @Column({ name: 'kind', type: 'text' }) kind!: string;
  @Column({ name: 'customer_id', type: 'uuid' }) customerId!: string;
  @Column({ name: 'order_id', type: 'uuid', nullable: true }) orderId!: string | null;
  @Column({ name: 'account_manager_id', type: 'text' }) accountManagerId!: string;
  @Column({ name: 'branch_id', type: 'text' }) branchId!: string;
  @Column({ name: 'territory', type: 'text' }) territory!: string;
  @Column({ name: 'currency', type: 'text' }) currency!: string;
  @Column({ name: 'occurred_at', type: 'timestamptz', precision: 3 }) occurredAt!: string;
  @Column({ name: 'utc_offset', type: 'integer' }) utcOffset!: number;
  @Column({ name: 'ordered', type: 'bigint' }) ordered!: number | bigint;
  @Column({ name: 'issued', type: 'bigint' }) issued!: number | bigint;
  @Column({ name: 'paid', type: 'bigint' }) paid!: number | bigint;
}

/** Whose customer each is now, at the same position as the contributions: what attribution `current` goes by. */
@Entity({ name: 'plan_customers', comment: 'Account manager and branch of each customer now' })
export class PlanCustomerRow {
  @PrimaryColumn({ name: 'customer_id', type: 'uuid', primaryKeyConstraintName: 'plan_customers_pkey' })
  customerId!: string;
  @Column({ name: 'account_manager_id', type: 'text' }) accountManagerId!: string;
  @Column({ name: 'branch_id', type: 'text' }) branchId!: string;
}

export const salesPlansTable = tableOf(SalesPlanRow);
export const planContributionsTable = tableOf(PlanContributionRow);
export const planCustomersTable = tableOf(PlanCustomerRow);
