import type { CustomerEvent } from '#kontor/contracts';
import { customer, type Circumstances, type Customer, type Decision } from '#kontor/domain';
import { noFacts, type Change } from '../desk/matter.js';

/** The matter of a command on a customer: judged by the branch and the account manager that it is assigned to now. */
export const onCustomer = (
  customerId: string,
  decide: (customer: Customer, circumstances: Circumstances) => Decision<CustomerEvent>,
  toBranchId?: string,
): Change<Customer, CustomerEvent, object> => ({
  aggregate: customer,
  id: customerId,
  ids: { customerId },
  facts: noFacts,
  concern: (_facts, { branchId, accountManagerId }) => ({
    customerId,
    branchId,
    customerManagerId: accountManagerId,
    ...(toBranchId !== undefined && { toBranchId }),
  }),
  decide: (state, _facts, circumstances) => decide(state, circumstances),
});
