import type { CustomerEvent } from '#kontor/contracts';
import type { Circumstances, Decision } from '../decision.js';
import type { Customer } from './customer.js';

export interface BlockCustomer {
  readonly customerId: string;
  readonly reason: string;
}

/** Takes no new orders from the customer. */
export function blockCustomer(
  customer: Customer,
  command: BlockCustomer,
  facts: Circumstances,
): Decision<CustomerEvent> {
  throw new Error('not decided yet');
}
