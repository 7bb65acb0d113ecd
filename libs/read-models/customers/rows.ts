import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { EventOf, CustomerRegistered, Segment } from '#kontor/contracts';
import { tableOf } from '../engine/table.js';

type Registration = EventOf<typeof CustomerRegistered>['data'];

/** A customer as known now. */
@Entity({ name: 'customers', comment: 'Customers as known now, one row each' })
@Index('customers_name', ['name', 'customerId'])
@Index('customers_account_manager', ['accountManagerId', 'name', 'customerId'])
export class CustomerRow {
  @PrimaryColumn({ name: 'customer_id', type: 'uuid', primaryKeyConstraintName: 'customers_pkey' })
  customerId!: string;
  @Column({ name: 'customer_number', type: 'text', nullable: true }) customerNumber!: string | null;
  @Column({ name: 'natural_person', type: 'boolean' }) naturalPerson!: boolean;
  @Column({ name: 'name', type: 'text' }) name!: string;
  @Column({ name: 'contact', type: 'jsonb' }) contact!: Registration['contact'];
  @Column({ name: 'address', type: 'jsonb' }) address!: Registration['address'];
  @Column({ name: 'tax_id', type: 'text', nullable: true }) taxId!: string | null;
  @Column({ name: 'currency', type: 'text' }) currency!: string;
  @Column({ name: 'segment', type: 'text' }) segment!: Segment;
  @Column({ name: 'territory', type: 'text' }) territory!: string;
  @Column({ name: 'branch_id', type: 'text' }) branchId!: string;
  @Column({ name: 'account_manager_id', type: 'text' }) accountManagerId!: string;
  @Column({ name: 'credit_limit', type: 'bigint', nullable: true }) creditLimit!: number | bigint | null;
  @Column({ name: 'payment_term_days', type: 'integer' }) paymentTermDays!: number;
  @Column({ name: 'blocked', type: 'boolean' }) blocked!: boolean;
  @Column({ name: 'registered_on', type: 'date' }) registeredOn!: string;
  @Column({ name: 'revision', type: 'integer' }) revision!: number;
}

export const customersTable = tableOf(CustomerRow);
