import type { EventOf, StockRequestEvent, StockRequested, Supplier } from '#kontor/contracts';
import type { Aggregate } from '../aggregate.js';

/** What stands on every event of a stock request. */
export interface StockRequestFacts {
  readonly stockRequestId: string;
  readonly branchId: string;
  readonly supplier: Supplier;
  readonly orderId?: string;
}

export interface StockRequest {
  readonly facts: StockRequestFacts;
  readonly requested: EventOf<typeof StockRequested>['data'];
}

export const stockRequest: Aggregate<StockRequest, StockRequestEvent> = {
  category: 'stock-request',
  evolve(state, event) {
    throw new Error('not decided yet');
  },
};
