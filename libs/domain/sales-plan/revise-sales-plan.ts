import { SalesPlanRevised, type PlanTarget, type SalesPlanEvent } from '#kontor/contracts';
import { nothing, record, refuse, type Circumstances, type Decision } from '../decision.js';
import { sameContent } from '../same-content.js';
import { plainTargets, refuseTargets } from './plan-targets.js';
import { planFacts, type SalesPlan } from './sales-plan.js';

export interface ReviseSalesPlan {
  readonly planId: string;
  readonly targets: readonly PlanTarget[];
  readonly reason: string;
}

/** Replaces the targets; the original ones stay on record. */
export function reviseSalesPlan(
  plan: SalesPlan,
  command: ReviseSalesPlan,
  _facts: Circumstances,
): Decision<SalesPlanEvent> {
  if (plan.status === 'closed') return refuse('sales-plan.closed');
  const targets = plainTargets(command.targets);
  const refused = refuseTargets(targets, plan.original);
  if (refused) return refused;
  if (sameContent(targets, plan.targets)) return nothing;
  return record(SalesPlanRevised, { ...planFacts(plan), targets, reason: command.reason });
}
