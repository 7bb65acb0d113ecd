import { CreditTermsSet, type CustomerEvent, type Money } from '#kontor/contracts';
import { nothing, record, type Circumstances, type Decision } from '../decision.js';
import { sameContent } from '../same-content.js';
import { refuseCreditLimit } from './credit-limit.js';
import { customerFacts, type Customer } from './customer.js';

export interface SetCreditTerms {
  readonly customerId: string;
  /** None if left out: no limit is set. */
  readonly creditLimit?: Money;
  readonly paymentTermDays: number;
}

/** Sets credit limit and payment term from now on. */
export function setCreditTerms(
  customer: Customer,
  { creditLimit, paymentTermDays }: SetCreditTerms,
  _facts: Circumstances,
): Decision<CustomerEvent> {
  const refused = refuseCreditLimit(creditLimit, customer.currency);
  if (refused) return refused;
  if (paymentTermDays === customer.paymentTermDays && sameContent(creditLimit, customer.creditLimit))
    return nothing;
  return record(CreditTermsSet, {
    ...customerFacts(customer),
    ...(creditLimit && { creditLimit }),
    paymentTermDays,
  });
}
