import type { PlanTarget, SalesPlanEvent } from '#kontor/contracts';
import type { Circumstances, Decision } from '../decision.js';
import type { SalesPlan } from './sales-plan.js';

export interface ReviseSalesPlan {
  readonly planId: string;
  readonly targets: readonly PlanTarget[];
  readonly reason: string;
}

/** Replaces the targets; the original ones stay on record. */
export function reviseSalesPlan(
  plan: SalesPlan,
  command: ReviseSalesPlan,
  facts: Circumstances,
): Decision<SalesPlanEvent> {
  throw new Error('not decided yet');
}
