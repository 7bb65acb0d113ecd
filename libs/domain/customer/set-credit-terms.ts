import type { CustomerEvent, Money } from '#kontor/contracts';
import type { Circumstances, Decision } from '../decision.js';
import type { Customer } from './customer.js';

export interface SetCreditTerms {
  readonly customerId: string;
  /** None if left out: no limit is set. */
  readonly creditLimit?: Money;
  readonly paymentTermDays: number;
}

/** Sets credit limit and payment term from now on. */
export function setCreditTerms(
  customer: Customer,
  command: SetCreditTerms,
  facts: Circumstances,
): Decision<CustomerEvent> {
  throw new Error('not decided yet');
}
