import type { CustomerEvent } from '#kontor/contracts';
import type { Circumstances, Decision } from '../decision.js';
import type { Customer } from './customer.js';

export interface ReassignCustomer {
  readonly customerId: string;
  readonly accountManagerId: string;
  /** The present branch if left out. */
  readonly branchId?: string;
  readonly reason: string;
}

/** Gives the customer to another account manager, possibly of another branch. */
export function reassignCustomer(
  customer: Customer,
  command: ReassignCustomer,
  facts: Circumstances,
): Decision<CustomerEvent> {
  throw new Error('not decided yet');
}
