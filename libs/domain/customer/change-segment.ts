import type { CustomerEvent, Segment } from '#kontor/contracts';
import type { Circumstances, Decision } from '../decision.js';
import type { Customer } from './customer.js';

export interface ChangeSegment {
  readonly customerId: string;
  readonly segment: Segment;
  readonly reason?: string;
}

/** Counts the customer to another segment. */
export function changeSegment(
  customer: Customer,
  command: ChangeSegment,
  facts: Circumstances,
): Decision<CustomerEvent> {
  throw new Error('not decided yet');
}
