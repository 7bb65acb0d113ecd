import type { Address, Contact, CustomerEvent, Money, Segment } from '#kontor/contracts';
import type { Circumstances, Decision } from '../decision.js';
import type { Customer } from './customer.js';

export interface RegisterCustomer {
  readonly customerId: string;
  readonly customerNumber?: string;
  readonly naturalPerson: boolean;
  readonly name: string;
  readonly contact?: Contact;
  readonly address: Address;
  readonly taxId?: string;
  readonly currency: string;
  readonly segment: Segment;
  readonly territory: string;
  readonly branchId: string;
  readonly accountManagerId: string;
  readonly creditLimit?: Money;
  /** 30 if left out. */
  readonly paymentTermDays?: number;
}

/** Takes on a customer and assigns it to an account manager. */
export function registerCustomer(
  customer: Customer | undefined,
  command: RegisterCustomer,
  facts: Circumstances,
): Decision<CustomerEvent> {
  throw new Error('not decided yet');
}
