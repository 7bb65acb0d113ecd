import type { SalesPlanEvent } from '#kontor/contracts';
import { salesPlan, type Circumstances, type Decision, type SalesPlan } from '#kontor/domain';
import { noFacts, type Change } from '../desk/matter.js';

/** The matter of a command on a plan; a territory's plan is of no branch. */
export const onSalesPlan = (
  planId: string,
  decide: (plan: SalesPlan, circumstances: Circumstances) => Decision<SalesPlanEvent>,
): Change<SalesPlan, SalesPlanEvent, object> => ({
  aggregate: salesPlan,
  id: planId,
  ids: { planId },
  facts: noFacts,
  concern: (_facts, { original: { branchId } }) => (branchId === undefined ? {} : { branchId }),
  decide: (state, _facts, circumstances) => decide(state, circumstances),
});
