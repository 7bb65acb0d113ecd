import type { DiscountEvidence, Money } from '#kontor/contracts';
import { refuse, type Circumstances, type Refusal } from '../decision.js';
import type { DiscountPolicy } from '../discount-policy.js';
import { refuseTooLarge } from '../money.js';
import { rateBetween } from '../proportion.js';

export interface DiscountFacts extends Circumstances {
  readonly policy: DiscountPolicy;
}

export interface WithinLimit {
  readonly kind: 'within-limit';
  readonly evidence: DiscountEvidence;
}

/** Price cuts and discounts count together: whoever brings an order to this total must hold a limit as high as its average rate. */
export function checkDiscountLimit(
  listTotal: Money,
  total: Money,
  { policy, actor }: DiscountFacts,
): WithinLimit | Refusal {
  const averageRate = rateBetween(listTotal.amount, total.amount);
  const tooLarge = refuseTooLarge(averageRate);
  if (tooLarge) return tooLarge;

  const { limit, ruleId } = policy.limitFor(actor.role, listTotal);
  if (averageRate > limit) {
    const grantableBy = policy.rolesUpTo(averageRate, listTotal);
    return refuse('order.discount-limit-exceeded', { averageRate, limit, ruleId, grantableBy });
  }
  const { policyId, version: policyVersion } = policy;
  return { kind: 'within-limit', evidence: { policyId, policyVersion, ruleId, averageRate, limit } };
}
