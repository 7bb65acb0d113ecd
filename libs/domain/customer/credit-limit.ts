import type { Money } from '#kontor/contracts';
import { refuse, type Refusal } from '../decision.js';
import { refuseOtherCurrency } from '../money.js';

/** A credit limit is in the customer's currency, and 0 at the least. */
export function refuseCreditLimit(limit: Money | undefined, currency: string): Refusal | undefined {
  if (!limit) return undefined;
  if (limit.amount < 0) return refuse('customer.credit-limit-negative', { creditLimit: limit.amount });
  return refuseOtherCurrency(limit.currency, currency);
}
