import { describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '#kontor/event-store';
import { customerSalesHistory } from '../customer-sales-history/projection.js';
import { customerSalesHistoryTable } from '../customer-sales-history/rows.js';
import { History } from '../testing/history.js';
import * as made from '../testing/mothers.js';
import { BERG } from '../testing/mothers.js';
import { LaterRows } from './later-rows.js';
import { RowsNeeded } from './question.js';

const customerId = 'abcdefab-0000-4000-8000-000000000001';

const events = new History()
  .add(made.customerRegistered({ customerId }))
  .add(made.orderPlaced({ customerId }))
  .add(made.paymentReceived({ customerId: BERG }))
  .add(made.discountGranted({ customerId: customerId.toUpperCase() }))
  .add(made.goodsIssued({ customerId })).stored;

async function positionsAfter(position: bigint, log: readonly RecordedEvent[] = events): Promise<bigint[]> {
  const stretch = { after: 0n, upTo: log.at(-1)?.position ?? 0n, events: log };
  const later = { projection: customerSalesHistory, waitsFor: new Set(['CustomerRegistered']) };
  const { rows } = await new LaterRows(later, customerId, Promise.resolve(stretch)).after(position);
  return rows?.rows(customerSalesHistoryTable).map((row) => row.position) ?? [];
}

/** The log with another event in one's place. */
const replaced = (position: bigint, by: Partial<RecordedEvent>) =>
  events.map((event) => (event.position === position ? { ...event, ...by } : event));

describe('Rows of later events', () => {
  it('are made of those that name the subject, however they write it, and come after what was seen', async () => {
    expect(await positionsAfter(1n)).toEqual([2n, 4n]);
    expect(await positionsAfter(2n)).toEqual([4n]);
  });

  it('are not made where an event must be waited for', async () => {
    await expect(positionsAfter(0n)).rejects.toThrow(RowsNeeded);
  });

  it('are not made of what can not be read, or not be applied', async () => {
    const unreadable = replaced(4n, { metadata: 'nonsense' });
    await expect(positionsAfter(1n, unreadable)).rejects.toThrow(RowsNeeded);
    const twice = events.flatMap((event) => [event, event]);
    await expect(positionsAfter(1n, twice)).rejects.toThrow(RowsNeeded);
  });

  it('are made in spite of what others can not read', async () => {
    expect(await positionsAfter(1n, replaced(3n, { metadata: 'nonsense' }))).toEqual([2n, 4n]);
  });
});
