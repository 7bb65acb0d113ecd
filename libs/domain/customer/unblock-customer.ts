import { CustomerUnblocked, type CustomerEvent } from '#kontor/contracts';
import { nothing, record, type Circumstances, type Decision } from '../decision.js';
import { customerFacts, type Customer } from './customer.js';

export interface UnblockCustomer {
  readonly customerId: string;
  readonly reason?: string;
}

/** Takes orders from the customer again. */
export function unblockCustomer(
  customer: Customer,
  { reason }: UnblockCustomer,
  _facts: Circumstances,
): Decision<CustomerEvent> {
  if (!customer.blocked) return nothing;
  return record(CustomerUnblocked, { ...customerFacts(customer), ...(reason !== undefined && { reason }) });
}
