import { describe, expect, it } from '@jest/globals';
import type { DomainEvent } from '#kontor/contracts';
import { projectInMemory } from '../engine/project-in-memory.js';
import { History } from '../testing/history.js';
import * as made from '../testing/mothers.js';
import { eur } from '../testing/mothers.js';
import { customers } from './projection.js';
import { customersTable } from './rows.js';

const after = (...events: DomainEvent[]) => {
  const history = events.reduce((history, event) => history.add(event), new History());
  return projectInMemory(customers, history.events).rows(customersTable);
};

describe('A customer, as known now', () => {
  it('has what was registered', () => {
    expect(after(made.customerRegistered({ customerNumber: '1001', creditLimit: eur(50) }))).toEqual([
      expect.objectContaining({
        customerId: made.BERG,
        customerNumber: '1001',
        name: 'Berg & Söhne',
        taxId: null,
        creditLimit: 5000n,
        blocked: false,
        registeredOn: '2011-11-11',
        revision: 0,
      }),
    ]);
  });

  it.each<[string, DomainEvent, object]>([
    [
      'details that are put right',
      made.customerDetailsCorrected({ name: 'Berg' }),
      { name: 'Berg', contact: {} },
    ],
    ['another manager', made.customerReassigned(), { accountManagerId: 'ben', branchId: 'london' }],
    ['another segment', made.customerSegmentChanged(), { segment: 'key' }],
    [
      'new terms, which may lift the limit',
      made.creditTermsSet(),
      { creditLimit: null, paymentTermDays: 14 },
    ],
    ['a block', made.customerBlocked(), { blocked: true }],
  ])('takes on %s', (_what, event, columns) => {
    expect(after(made.customerRegistered({ creditLimit: eur(50) }), event)).toEqual([
      expect.objectContaining({ ...columns, revision: 1 }),
    ]);
  });

  it('buys again when unblocked', () => {
    expect(after(made.customerRegistered(), made.customerBlocked(), made.customerUnblocked())).toEqual([
      expect.objectContaining({ blocked: false, revision: 2 }),
    ]);
  });
});
