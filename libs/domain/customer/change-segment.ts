import { CustomerSegmentChanged, type CustomerEvent, type Segment } from '#kontor/contracts';
import { nothing, record, type Circumstances, type Decision } from '../decision.js';
import { customerFacts, type Customer } from './customer.js';

export interface ChangeSegment {
  readonly customerId: string;
  readonly segment: Segment;
  readonly reason?: string;
}

/** Counts the customer to another segment. */
export function changeSegment(
  customer: Customer,
  { segment, reason }: ChangeSegment,
  _facts: Circumstances,
): Decision<CustomerEvent> {
  if (segment === customer.segment) return nothing;
  return record(CustomerSegmentChanged, {
    ...customerFacts(customer),
    segment,
    previousSegment: customer.segment,
    ...(reason !== undefined && { reason }),
  });
}
