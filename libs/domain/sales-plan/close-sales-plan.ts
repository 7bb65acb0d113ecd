import { SalesPlanClosed, type SalesPlanEvent } from '#kontor/contracts';
import { nothing, record, type Circumstances, type Decision } from '../decision.js';
import { planFacts, type SalesPlan } from './sales-plan.js';

export interface CloseSalesPlan {
  readonly planId: string;
  readonly reason?: string;
}

/** Takes no more revisions. */
export function closeSalesPlan(
  plan: SalesPlan,
  { reason }: CloseSalesPlan,
  _facts: Circumstances,
): Decision<SalesPlanEvent> {
  if (plan.status === 'closed') return nothing;
  return record(SalesPlanClosed, { ...planFacts(plan), ...(reason !== undefined && { reason }) });
}
