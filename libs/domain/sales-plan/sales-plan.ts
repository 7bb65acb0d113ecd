import type { EventOf, PlanTarget, SalesPlanEvent, SalesPlanSet } from '#kontor/contracts';
import type { Aggregate } from '../aggregate.js';

export interface SalesPlan {
  /** As it was set; a revision keeps it. */
  readonly original: EventOf<typeof SalesPlanSet>['data'];
  readonly targets: readonly PlanTarget[];
  readonly status: 'open' | 'closed';
}

export const salesPlan: Aggregate<SalesPlan, SalesPlanEvent> = {
  category: 'sales-plan',
  evolve(state, event) {
    if (event.type === 'SalesPlanSet')
      return { original: event.data, targets: event.data.targets, status: 'open' };
    if (!state) return undefined;
    switch (event.type) {
      case 'SalesPlanRevised':
        return { ...state, targets: event.data.targets };
      case 'SalesPlanClosed':
        return { ...state, status: 'closed' };
    }
  },
};

/** What stands on every event of a plan. */
export const planFacts = ({ original: { targets: _targets, ...facts } }: SalesPlan) => facts;
