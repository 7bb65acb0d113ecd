import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeEvent, type LoggedEvent } from '#kontor/contracts';
import { projectInMemory, type SalesHistoryAnswer } from '#kontor/read-models';
import { customerSalesHistory } from '../../libs/read-models/customer-sales-history/projection.js';
import { customerSalesHistoryTable } from '../../libs/read-models/customer-sales-history/rows.js';
import { BERG } from '../../libs/read-models/testing/mothers.js';
import { ReadingRoom } from './reading-room.js';

let room: ReadingRoom;
let log: readonly LoggedEvent[];
beforeAll(async () => {
  room = await ReadingRoom.open();
  log = room.events.map((event) => decodeEvent(event));
});
afterAll(() => room.close());

/** The totals that a fold of exactly these events comes to. */
function foldOf(events: readonly LoggedEvent[]) {
  const rows = projectInMemory(customerSalesHistory, events)
    .rows(customerSalesHistoryTable)
    .filter(({ customerId }) => customerId === BERG);
  const sum = (column: 'ordered' | 'discounts' | 'credited' | 'paid') =>
    rows.reduce((total, row) => total + Number(row[column]), 0);
  const net = sum('ordered') - sum('discounts') - sum('credited');
  return {
    entries: rows.length,
    ordered: sum('ordered'),
    net,
    paid: sum('paid'),
    balance: net - sum('paid'),
  };
}

async function asked(parameters: string) {
  const path = `/v1/customers/${BERG}/sales-history?limit=500&${parameters}`;
  const { totals, entries } = await room.read<SalesHistoryAnswer>(path);
  return {
    entries: entries.items.length,
    ordered: totals.ordered.amount,
    net: totals.net.amount,
    paid: totals.paid.amount,
    balance: totals.balance.amount,
  };
}

const anEvent = fc.nat().map((index) => {
  const event = log[index % log.length];
  if (!event) throw new Error('the log is not empty');
  return event;
});
const encoded = encodeURIComponent;

describe('A sales history of a past moment is the fold of what', () => {
  it('had happened by an instant, that instant included', async () => {
    await fc.assert(
      fc.asyncProperty(anEvent, fc.constantFrom(-1, 0), async ({ metadata }, off) => {
        const instant = Date.parse(metadata.occurredAt) + off;
        const known = log.filter((event) => Date.parse(event.metadata.occurredAt) <= instant);
        expect(await asked(`asOf=${encoded(new Date(instant).toISOString())}`)).toEqual(foldOf(known));
      }),
      { numRuns: 40 },
    );
  });

  it('had happened by the end of a business day', async () => {
    await fc.assert(
      fc.asyncProperty(anEvent, async ({ metadata }) => {
        const day = metadata.occurredAt.slice(0, 10);
        const known = log.filter((event) => event.metadata.occurredAt.slice(0, 10) <= day);
        expect(await asked(`asOf=${day}`)).toEqual(foldOf(known));
      }),
      { numRuns: 20 },
    );
  });

  it('had been recorded by an instant, that instant included', async () => {
    await fc.assert(
      fc.asyncProperty(anEvent, fc.constantFrom(-1, 0), async ({ recordedAt }, off) => {
        const known = log.filter((event) => event.recordedAt <= recordedAt + off);
        const instant = new Date(recordedAt + off).toISOString();
        expect(await asked(`recordedUntil=${instant}`)).toEqual(foldOf(known));
      }),
      { numRuns: 40 },
    );
  });

  it('had happened by one moment and had been recorded by another', async () => {
    const [last] = log.toReversed();
    if (!last) throw new Error('the log is not empty');
    const before = new Date(last.recordedAt - 1).toISOString();
    const known = log.filter(
      (event) => event.recordedAt < last.recordedAt && event.metadata.occurredAt.slice(0, 10) <= '2011-11-07',
    );
    expect(await asked(`asOf=2011-11-07&recordedUntil=${before}`)).toEqual(foldOf(known));
    // The payment found in a drawer is not in it.
    expect(foldOf(known).balance).toBe(-2_000);
    expect((await asked('asOf=2011-11-07')).balance).toBe(-3_000);
  });

  it('had been recorded by the end of a day in the branch, where days end at another hour', async () => {
    const [last] = log.toReversed();
    const recorded = new Date(last?.recordedAt ?? 0);
    const dayInLondon = new Intl.DateTimeFormat('sv', { timeZone: 'Europe/London' }).format(recorded);
    const before = new Date(Date.parse(dayInLondon) - 24 * 3_600_000).toISOString().slice(0, 10);
    expect(await asked(`recordedUntil=${dayInLondon}`)).toEqual(foldOf(log));
    expect(await asked(`recordedUntil=${before}`)).toEqual(foldOf([]));
  });
});
