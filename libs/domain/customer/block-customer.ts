import { CustomerBlocked, type CustomerEvent } from '#kontor/contracts';
import { nothing, record, type Circumstances, type Decision } from '../decision.js';
import { customerFacts, type Customer } from './customer.js';

export interface BlockCustomer {
  readonly customerId: string;
  readonly reason: string;
}

/** Takes no new orders from the customer. */
export function blockCustomer(
  customer: Customer,
  { reason }: BlockCustomer,
  _facts: Circumstances,
): Decision<CustomerEvent> {
  if (customer.blocked) return nothing;
  return record(CustomerBlocked, { ...customerFacts(customer), reason });
}
