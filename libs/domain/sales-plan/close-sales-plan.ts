import type { SalesPlanEvent } from '#kontor/contracts';
import type { Circumstances, Decision } from '../decision.js';
import type { SalesPlan } from './sales-plan.js';

export interface CloseSalesPlan {
  readonly planId: string;
  readonly reason?: string;
}

/** Takes no more revisions. */
export function closeSalesPlan(
  plan: SalesPlan,
  command: CloseSalesPlan,
  facts: Circumstances,
): Decision<SalesPlanEvent> {
  throw new Error('not decided yet');
}
