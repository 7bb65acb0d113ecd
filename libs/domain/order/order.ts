import type { EventOf, OrderEvent, OrderPlaced } from '#kontor/contracts';
import type { Aggregate } from '../aggregate.js';

/** What stands on every event of an order, as it stood when the order was placed. */
export interface OrderFacts {
  readonly orderId: string;
  readonly customerId: string;
  readonly branchId: string;
  readonly accountManagerId: string;
  readonly territory: string;
  readonly currency: string;
}

export interface Order {
  readonly facts: OrderFacts;
  readonly status: 'open' | 'cancelled';
  readonly placed: EventOf<typeof OrderPlaced>['data'];
}

export const order: Aggregate<Order, OrderEvent> = {
  category: 'order',
  evolve(state, event) {
    throw new Error('not decided yet');
  },
};
