import type { EventOf, StockLine, StockRequestEvent, StockRequested, Supplier } from '#kontor/contracts';
import type { Aggregate } from '../aggregate.js';
import { thousandths } from '../quantity.js';

/** What stands on every event of a stock request. */
export interface StockRequestFacts {
  readonly stockRequestId: string;
  readonly branchId: string;
  readonly supplier: Supplier;
  readonly orderId?: string;
}

export interface StockRequest {
  readonly facts: StockRequestFacts;
  /** As it was requested: a repeated request is told by it. */
  readonly requested: EventOf<typeof StockRequested>['data'];
  readonly status: 'requested' | 'confirmed' | 'refused' | 'dispatched' | 'received' | 'cancelled';
  /** A day. */
  readonly promisedFor?: string;
  /** Thousandths by sku. */
  readonly dispatched: ReadonlyMap<string, number>;
  readonly received: ReadonlyMap<string, number>;
}

export const stockRequest: Aggregate<StockRequest, StockRequestEvent> = {
  category: 'stock-request',
  evolve(state, event) {
    if (event.type === 'StockRequested') return requested(event.data);
    if (!state) return undefined;
    switch (event.type) {
      case 'StockRequestConfirmed': {
        const { promisedFor: _former, ...rest } = state;
        const { promisedFor } = event.data;
        return { ...rest, status: 'confirmed', ...(promisedFor !== undefined && { promisedFor }) };
      }
      case 'StockRequestRefused':
        return { ...state, status: 'refused' };
      case 'StockDispatched':
        return { ...state, status: 'dispatched', dispatched: withLines(state.dispatched, event.data.lines) };
      case 'StockReceived':
        return { ...state, status: 'received', received: withLines(state.received, event.data.lines) };
      case 'StockRequestCancelled':
        return { ...state, status: 'cancelled' };
    }
  },
};

function requested(data: StockRequest['requested']): StockRequest {
  const { stockRequestId, branchId, supplier, orderId } = data;
  return {
    facts: { stockRequestId, branchId, supplier, ...(orderId !== undefined && { orderId }) },
    requested: data,
    status: 'requested',
    dispatched: new Map(),
    received: new Map(),
  };
}

function withLines(
  counts: ReadonlyMap<string, number>,
  lines: readonly StockLine[],
): ReadonlyMap<string, number> {
  const next = new Map(counts);
  for (const { sku, quantity } of lines) next.set(sku, (next.get(sku) ?? 0) + thousandths(quantity));
  return next;
}
