import { CustomerReassigned, type CustomerEvent } from '#kontor/contracts';
import { nothing, record, type Circumstances, type Decision } from '../decision.js';
import { customerFacts, type Customer } from './customer.js';

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
  _facts: Circumstances,
): Decision<CustomerEvent> {
  const { accountManagerId, branchId = customer.branchId, reason } = command;
  if (accountManagerId === customer.accountManagerId && branchId === customer.branchId) return nothing;
  return record(CustomerReassigned, {
    ...customerFacts(customer),
    accountManagerId,
    branchId,
    previousAccountManagerId: customer.accountManagerId,
    previousBranchId: customer.branchId,
    reason,
  });
}
