import {
  SalesPlanSet,
  type PlanMeasure,
  type PlanScope,
  type PlanTarget,
  type SalesPlanEvent,
} from '#kontor/contracts';
import { record, refuse, repeats, type Circumstances, type Decision } from '../decision.js';
import { isCurrency } from '../money.js';
import { sameContent } from '../same-content.js';
import { plainTargets, refuseTargets } from './plan-targets.js';
import type { SalesPlan } from './sales-plan.js';

export interface SetSalesPlan {
  readonly planId: string;
  readonly scope: PlanScope;
  /** A branch's plan may leave it out, an account manager's must have it. */
  readonly branchId?: string;
  readonly period: string;
  readonly measure: PlanMeasure;
  readonly currency: string;
  readonly targets: readonly PlanTarget[];
}

/** Sets targets for a scope and a period. */
export function setSalesPlan(
  plan: SalesPlan | undefined,
  command: SetSalesPlan,
  _facts: Circumstances,
): Decision<SalesPlanEvent> {
  const { planId, scope, period, measure, currency } = command;
  const branchId = command.branchId ?? (scope.kind === 'branch' ? scope.id : undefined);
  const content = {
    planId,
    scope: { kind: scope.kind, id: scope.id },
    ...(branchId !== undefined && { branchId }),
    period,
    measure,
    currency,
    targets: plainTargets(command.targets),
  };
  if (plan)
    return sameContent(content, plan.original) ? repeats(0) : refuse('sales-plan.id-reused', { planId });
  if (scope.kind === 'branch' && branchId !== scope.id)
    return refuse('sales-plan.branch-mismatch', { branchId, scope: scope.id });
  if (scope.kind === 'account-manager' && branchId === undefined) return refuse('sales-plan.branch-missing');
  if (!isCurrency(currency)) return refuse('currency-unknown', { currency });
  return refuseTargets(content.targets, content) ?? record(SalesPlanSet, content);
}
