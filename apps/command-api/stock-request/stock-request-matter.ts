import type { StockRequestEvent } from '#kontor/contracts';
import {
  customer,
  order,
  stockRequest,
  type Circumstances,
  type Decision,
  type StockRequest,
} from '#kontor/domain';
import { Missing, type Change, type Concern, type Find } from '../desk/matter.js';

interface ForOrder {
  /** Whose order the stock is for, if it is for one. */
  readonly customerId?: string;
  readonly customerManagerId?: string;
}

/** For whom the stock is: the customer of the order that the request names. */
export async function customerOfOrder(find: Find, orderId: string | undefined): Promise<ForOrder | Missing> {
  if (orderId === undefined) return {};
  const placed = await find(order, orderId);
  if (placed instanceof Missing) return placed;
  const { customerId } = placed.facts;
  const found = await find(customer, customerId);
  return found instanceof Missing ? found : { customerId, customerManagerId: found.accountManagerId };
}

/** What a stock request concerns: the branch that it is for, and the customer, if it is for an order. */
export const concernOf = (branchId: string, orderId: string | undefined, forOrder: ForOrder): Concern => ({
  branchId,
  ...(orderId !== undefined && { orderId }),
  ...forOrder,
});

export const onStockRequest = (
  stockRequestId: string,
  decide: (request: StockRequest, circumstances: Circumstances) => Decision<StockRequestEvent>,
): Change<StockRequest, StockRequestEvent, ForOrder> => ({
  aggregate: stockRequest,
  id: stockRequestId,
  ids: { stockRequestId },
  facts: (find, { facts }) => customerOfOrder(find, facts.orderId),
  concern: (forOrder, { facts }) => concernOf(facts.branchId, facts.orderId, forOrder),
  decide: (state, _facts, circumstances) => decide(state, circumstances),
});
