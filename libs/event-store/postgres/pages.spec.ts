import { expect, it } from '@jest/globals';
import type { RecordedEvent } from '../port.js';
import { PagedReads } from './pages.js';

/** A log without end, of events of ten thousand characters, that tells how many rows the last page had. */
function endlessLog() {
  let lastPage = 0;
  const reads = new PagedReads({
    async query(_statement, [, rows]) {
      lastPage = Number(rows);
      const row = ['1', '0', 'an id', '0', 'a-stream', 'AnEvent', 'x'.repeat(10_000), ''];
      return Array.from({ length: lastPage }, () => row);
    },
  });
  return { reads, lastPage: () => lastPage };
}

const read = async (events: AsyncGenerator<RecordedEvent>, count: number): Promise<void> => {
  for (let taken = 0; taken < count; taken++) await events.next();
};

it('Pages grow to what one reader may hold, and readers under way share it', async () => {
  const { reads, lastPage } = endlessLog();
  const one = reads.log({ after: 0n });
  await read(one, 1_000);
  expect(lastPage()).toBe(400);
  const others = Array.from({ length: 9 }, () => reads.log({ after: 0n }));
  for (const other of others) await read(other, 1_000);
  expect(lastPage()).toBe(40);
  for (const other of others) await other.return(undefined);
  await read(one, 1_000);
  expect(lastPage()).toBe(400);
});
