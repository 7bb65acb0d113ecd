import { expect, it } from '@jest/globals';
import type { DomainEvent } from '#kontor/contracts';
import type { Aggregate } from '#kontor/domain';
import type { RecordedEvent } from '#kontor/event-store';
import { Aggregates } from './aggregates.js';

/** The number of its events. */
const counter: Aggregate<number> = { category: 'counter', evolve: (state = 0) => state + 1 };

const recorded = (stream: string, revision: number): RecordedEvent => ({
  eventId: `${stream}-${revision}`,
  type: 'CustomerUnblocked' satisfies DomainEvent['type'],
  data: '{}',
  metadata: '{"schema":1}',
  stream,
  revision,
  position: BigInt(revision + 1),
  recordedAt: 0,
});

/** A log in which each stream has two events, and from which revision on it was read. */
function twoEach() {
  const reads: Record<string, number[]> = {};
  const aggregates = new Aggregates({
    loadStream(stream, from = 0) {
      (reads[stream] ??= []).push(from);
      return Promise.resolve([recorded(stream, 0), recorded(stream, 1)].slice(from));
    },
  });
  return {
    aggregates,
    load: (id: string) => aggregates.load(counter, id),
    readsOf: (id: string) => reads[`counter-${id}`],
  };
}

it('What was read is not read again, what came since is', async () => {
  const { aggregates, load, readsOf } = twoEach();
  const seen = await load('a');
  expect(seen).toEqual({ state: 2, revision: 1, position: 2n });
  expect(await load('a')).toEqual(seen);
  aggregates.learn(counter, 'a', seen, {} as DomainEvent, { revision: 2, position: 3n });
  expect(await load('a')).toEqual({ state: 3, revision: 2, position: 3n });
  expect(readsOf('a')).toEqual([0, 2, 3]);
});

it('What the log contradicted is read anew', async () => {
  const { aggregates, load, readsOf } = twoEach();
  await load('a');
  aggregates.forget('counter-a');
  expect(aggregates.lastSeen(counter, 'a')).toBeUndefined();
  await load('a');
  expect(readsOf('a')).toEqual([0, 0]);
});

it('An older read does not replace a newer one', async () => {
  const late = Promise.withResolvers<readonly RecordedEvent[]>();
  const answers = [late.promise, Promise.resolve([recorded('counter-a', 0), recorded('counter-a', 1)])];
  const aggregates = new Aggregates({
    loadStream: () => answers.shift() ?? Promise.reject(new Error('read once more')),
  });
  const older = aggregates.load(counter, 'a');
  await aggregates.load(counter, 'a');
  late.resolve([recorded('counter-a', 0)]);
  expect(await older).toMatchObject({ state: 1 });
  expect(aggregates.lastSeen(counter, 'a')).toMatchObject({ state: 2 });
});

it('Of very many, those in use are remembered', async () => {
  const { aggregates, load } = twoEach();
  await load('idle');
  for (let others = 0; others < 5_000; others++) {
    await load(`other-${others}`);
    if (others % 500 === 0) await load('used');
  }
  expect(aggregates.lastSeen(counter, 'used')).toMatchObject({ state: 2 });
  expect(aggregates.lastSeen(counter, 'other-4999')).toMatchObject({ state: 2 });
  expect(aggregates.lastSeen(counter, 'idle')).toBeUndefined();
});
