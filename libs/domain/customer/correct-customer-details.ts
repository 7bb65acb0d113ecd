import { CustomerDetailsCorrected, type Address, type Contact, type CustomerEvent } from '#kontor/contracts';
import { nothing, record, type Circumstances, type Decision } from '../decision.js';
import { sameContent } from '../same-content.js';
import { customerFacts, type Customer } from './customer.js';

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
  _facts: Circumstances,
): Decision<CustomerEvent> {
  const { customerNumber, name, contact, address, taxId } = command;
  const corrections = {
    ...(differs(customerNumber, customer.customerNumber) && { customerNumber }),
    ...(differs(name, customer.name) && { name }),
    ...(differs(contact, customer.contact) && { contact }),
    ...(differs(address, customer.address) && { address }),
    ...(differs(taxId, customer.taxId) && { taxId }),
  };
  if (Object.keys(corrections).length === 0) return nothing;
  return record(CustomerDetailsCorrected, { ...customerFacts(customer), ...corrections });
}

const differs = <Value>(given: Value | undefined, present: Value | undefined): given is Value =>
  given !== undefined && !sameContent(given, present);
