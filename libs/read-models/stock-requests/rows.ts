import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { StockLine, StockRequestReason, Supplier } from '#kontor/contracts';
import { tableOf } from '../engine/table.js';

export const STOCK_REQUEST_STATUSES = [
  'requested',
  'confirmed',
  'refused',
  'dispatched',
  'received',
  'cancelled',
] as const;
export type StockRequestStatus = (typeof STOCK_REQUEST_STATUSES)[number];

/** A stock request as it stands now. */
@Entity({ name: 'stock_requests', comment: 'Stock requests as they stand now, one row each' })
@Index('stock_requests_position', ['position'])
export class StockRequestRow {
  @PrimaryColumn({ name: 'stock_request_id', type: 'uuid', primaryKeyConstraintName: 'stock_requests_pkey' })
  stockRequestId!: string;
  /** Position of the request's first event: the order of lists. */
  @Column({ name: 'position', type: 'bigint' }) position!: bigint;
  @Column({ name: 'branch_id', type: 'text' }) branchId!: string;
  @Column({ name: 'supplier', type: 'text' }) supplier!: Supplier;
  @Column({ name: 'order_id', type: 'uuid', nullable: true }) orderId!: string | null;
  /** The account manager who asked, or whom a sales system asked for. */
  @Column({ name: 'requested_by', type: 'text' }) requestedBy!: string;
  @Column({ name: 'requested_at', type: 'timestamptz', precision: 3 }) requestedAt!: string;
  @Column({ name: 'utc_offset', type: 'integer' }) utcOffset!: number;
  @Column({ name: 'reason', type: 'text' }) reason!: StockRequestReason;
  @Column({ name: 'needed_by', type: 'date' }) neededBy!: string;
  @Column({ name: 'status', type: 'text' }) status!: StockRequestStatus;
  @Column({ name: 'promised_for', type: 'date', nullable: true }) promisedFor!: string | null;
  /** Why it was refused or cancelled. */
  @Column({ name: 'closing_reason', type: 'text', nullable: true }) closingReason!: string | null;
  @Column({ name: 'lines', type: 'jsonb' }) lines!: readonly StockLine[];
  @Column({ name: 'dispatched_lines', type: 'jsonb', nullable: true }) dispatchedLines!:
    readonly StockLine[] | null;
  @Column({ name: 'received_lines', type: 'jsonb', nullable: true }) receivedLines!:
    readonly StockLine[] | null;
  @Column({ name: 'revision', type: 'integer' }) revision!: number;
}

export const stockRequestsTable = tableOf(StockRequestRow);
