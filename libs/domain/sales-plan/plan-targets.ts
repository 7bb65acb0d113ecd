import type { PlanMeasure, PlanTarget } from '#kontor/contracts';
import { refuse, type Refusal } from '../decision.js';
import { refuseOtherCurrency } from '../money.js';

/** Each product group once, targets of 0 or more in the plan's currency; payments can't be told by product group. */
export function refuseTargets(
  targets: readonly PlanTarget[],
  { measure, currency }: { readonly measure: PlanMeasure; readonly currency: string },
): Refusal | undefined {
  if (targets.length === 0) return refuse('sales-plan.no-targets');
  const groups = new Set<string | undefined>();
  for (const { productGroup, target } of targets) {
    const figures = { ...(productGroup !== undefined && { productGroup }) };
    if (groups.has(productGroup)) return refuse('sales-plan.target-repeated', figures);
    groups.add(productGroup);
    if (measure === 'paid' && productGroup !== undefined)
      return refuse('sales-plan.paid-by-product-group', figures);
    if (target.amount < 0) return refuse('sales-plan.target-negative', { ...figures, target: target.amount });
    const mismatch = refuseOtherCurrency(target.currency, currency);
    if (mismatch) return mismatch;
  }
  return undefined;
}

/** As they are recorded: what else a caller's object may hold stays out. */
export const plainTargets = (targets: readonly PlanTarget[]): PlanTarget[] =>
  targets.map(({ productGroup, target: { amount, currency } }) => ({
    ...(productGroup !== undefined && { productGroup }),
    target: { amount, currency },
  }));
