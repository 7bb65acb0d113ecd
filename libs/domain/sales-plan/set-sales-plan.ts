import type { PlanMeasure, PlanScope, PlanTarget, SalesPlanEvent } from '#kontor/contracts';
import type { Circumstances, Decision } from '../decision.js';
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
  facts: Circumstances,
): Decision<SalesPlanEvent> {
  throw new Error('not decided yet');
}
