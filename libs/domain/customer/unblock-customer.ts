import type { CustomerEvent } from '#kontor/contracts';
import type { Circumstances, Decision } from '../decision.js';
import type { Customer } from './customer.js';

export interface UnblockCustomer {
  readonly customerId: string;
  readonly reason?: string;
}

/** Takes orders from the customer again. */
export function unblockCustomer(
  customer: Customer,
  command: UnblockCustomer,
  facts: Circumstances,
): Decision<CustomerEvent> {
  throw new Error('not decided yet');
}
