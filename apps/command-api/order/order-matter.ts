import type { OrderEvent } from '#kontor/contracts';
import {
  customer,
  order,
  type Circumstances,
  type Customer,
  type Decision,
  type Order,
} from '#kontor/domain';
import { Missing, type Change } from '../desk/matter.js';

interface OrderFacts {
  /** As it is now, not as it was when the order was placed. */
  readonly customer: Customer;
}

/** The matter of a command on an order: who may act is told by whom its customer is assigned to now. */
export const onOrder = (
  orderId: string,
  decide: (order: Order, circumstances: Circumstances) => Decision<OrderEvent>,
  part: Readonly<Record<string, string>> = {},
): Change<Order, OrderEvent, OrderFacts> => ({
  aggregate: order,
  id: orderId,
  ids: { orderId, ...part },
  facts: async (find, { facts }) => {
    const found = await find(customer, facts.customerId);
    return found instanceof Missing ? found : { customer: found };
  },
  concern: ({ customer: { customerId, branchId, accountManagerId } }, { facts }) => ({
    customerId,
    orderId,
    branchId,
    customerManagerId: accountManagerId,
    zoneOf: facts.branchId,
  }),
  decide: (state, _facts, circumstances) => decide(state, circumstances),
});
