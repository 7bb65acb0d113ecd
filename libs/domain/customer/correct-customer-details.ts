import type { Address, Contact, CustomerEvent } from '#kontor/contracts';
import type { Circumstances, Decision } from '../decision.js';
import type { Customer } from './customer.js';

/** What is given replaces what was there, contact and address each as a whole. */
export interface CorrectCustomerDetails {
  readonly customerId: string;
  readonly customerNumber?: string;
  readonly name?: string;
  readonly contact?: Contact;
  readonly address?: Address;
  readonly taxId?: string;
}

/** Puts details right; only what differs is recorded. */
export function correctCustomerDetails(
  customer: Customer,
  command: CorrectCustomerDetails,
  facts: Circumstances,
): Decision<CustomerEvent> {
  throw new Error('not decided yet');
}
