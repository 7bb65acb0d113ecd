import { describe, expect, it } from '@jest/globals';
import type { DomainEvent } from '#kontor/contracts';
import { projectInMemory } from '../engine/project-in-memory.js';
import { History } from '../testing/history.js';
import * as made from '../testing/mothers.js';
import { stockRequests } from './projection.js';
import { stockRequestsTable } from './rows.js';

const after = (...events: DomainEvent[]) =>
  projectInMemory(
    stockRequests,
    events.reduce((history, event) => history.add(event), new History().add(made.stockRequested())).events,
  ).rows(stockRequestsTable);

describe('A stock request', () => {
  it('is asked for by the manager whom a sales system names', () => {
    const shop = { actorId: 'shop', role: 'sales-system', branchId: 'london' } as const;
    const history = new History().add(made.stockRequested(), { by: shop, onBehalfOf: 'anna' });
    expect(projectInMemory(stockRequests, history.events).rows(stockRequestsTable)).toEqual([
      expect.objectContaining({ requestedBy: 'anna', status: 'requested', orderId: null }),
    ]);
  });

  it.each<[string, DomainEvent, object]>([
    ['confirmed', made.stockRequestConfirmed({ promisedFor: '2011-12-01' }), { promisedFor: '2011-12-01' }],
    ['refused', made.stockRequestRefused(), { closingReason: 'None left' }],
    ['dispatched', made.stockDispatched(), { dispatchedLines: [expect.objectContaining({ quantity: '4' })] }],
    ['received', made.stockReceived(), { receivedLines: [expect.objectContaining({ quantity: '3' })] }],
    ['cancelled', made.stockRequestCancelled(), { closingReason: 'Not needed' }],
  ])('can be %s', (status, event, columns) => {
    expect(after(event)).toEqual([expect.objectContaining({ status, ...columns, revision: 1 })]);
  });
});
