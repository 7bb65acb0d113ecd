import type { LoggedEvent, StockRequestEvent } from '#kontor/contracts';
import { insert, projection, set, type Change } from '../engine/projection.js';
import { occurrence } from '../occurrence.js';
import { stockRequestsTable, type StockRequestRow } from './rows.js';

const change = (event: LoggedEvent<StockRequestEvent>, columns: Partial<StockRequestRow>): Change =>
  set(
    stockRequestsTable,
    { stockRequestId: event.data.stockRequestId },
    { ...columns, revision: event.revision },
  );

export const stockRequests = projection('stock-requests', 1, [stockRequestsTable], {
  StockRequested: (event) => {
    const { orderId, ...request } = event.data;
    const { occurredAt, utcOffset } = occurrence(event);
    return insert(stockRequestsTable, {
      ...request,
      position: event.position,
      orderId: orderId ?? null,
      requestedBy: event.metadata.onBehalfOf ?? event.metadata.actor.actorId,
      requestedAt: occurredAt,
      utcOffset,
      status: 'requested',
      promisedFor: null,
      closingReason: null,
      dispatchedLines: null,
      receivedLines: null,
      revision: event.revision,
    });
  },
  StockRequestConfirmed: (event) =>
    change(event, { status: 'confirmed', promisedFor: event.data.promisedFor ?? null }),
  StockRequestRefused: (event) => change(event, { status: 'refused', closingReason: event.data.reason }),
  StockDispatched: (event) => change(event, { status: 'dispatched', dispatchedLines: event.data.lines }),
  StockReceived: (event) => change(event, { status: 'received', receivedLines: event.data.lines }),
  StockRequestCancelled: (event) => change(event, { status: 'cancelled', closingReason: event.data.reason }),
});
