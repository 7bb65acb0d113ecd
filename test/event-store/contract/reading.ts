import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { anEvent, someEvents } from '../../support/events.js';
import { collect } from '../../support/iterables.js';
import { aStream, type Logs } from './logs.js';

const revisions = (events: readonly { revision: number }[]): number[] =>
  events.map(({ revision }) => revision);

export function describeReading(logs: () => Logs): void {
  describe('readStream', () => {
    const stream = aStream();
    beforeAll(async () => {
      await logs().log.append(stream, 'no-stream', someEvents(5));
    });

    it.each([
      { options: {}, expected: [0, 1, 2, 3, 4] },
      { options: { from: 3 }, expected: [3, 4] },
      { options: { from: 5 }, expected: [] },
      { options: { limit: 2 }, expected: [0, 1] },
      { options: { limit: 0 }, expected: [] },
      { options: { from: 1, limit: 2 }, expected: [1, 2] },
      { options: { direction: 'backwards' as const }, expected: [4, 3, 2, 1, 0] },
      { options: { direction: 'backwards' as const, from: 2 }, expected: [2, 1, 0] },
      { options: { direction: 'backwards' as const, limit: 1 }, expected: [4] },
      { options: { direction: 'backwards' as const, from: 9, limit: 2 }, expected: [4, 3] },
    ])('with $options gives the revisions $expected', async ({ options, expected }) => {
      expect(revisions(await collect(logs().log.readStream(stream, options)))).toEqual(expected);
    });

    it('finds a stream that does not exist empty', async () => {
      expect(await collect(logs().log.readStream(aStream()))).toEqual([]);
    });

    it('reads streams longer than a page in both directions', async () => {
      const { log } = logs();
      const long = aStream();
      await log.append(long, 'no-stream', someEvents(1_500));
      const all = Array.from({ length: 1_500 }, (_, revision) => revision);
      expect(revisions(await collect(log.readStream(long)))).toEqual(all);
      expect(revisions(await collect(log.readStream(long, { direction: 'backwards' })))).toEqual(
        all.reverse(),
      );
    });
  });

  describe('loadStream and findEvent', () => {
    it('give what is there to many callers at once', async () => {
      const { log } = logs();
      const streams = Array.from({ length: 30 }, () => aStream());
      const events = streams.map((_, index) => someEvents(index % 4));
      await Promise.all(
        streams.map(async (stream, index) => {
          if (events[index]?.length) await log.append(stream, 'no-stream', events[index]);
        }),
      );
      const loaded = await Promise.all(streams.map((stream) => log.loadStream(stream)));
      expect(loaded.map((each) => each.map(({ eventId }) => eventId))).toEqual(
        events.map((each) => each.map(({ eventId }) => eventId)),
      );
      const [twice, again] = await Promise.all([
        log.loadStream(streams[3] ?? ''),
        log.loadStream(streams[3] ?? ''),
      ]);
      expect(twice).toEqual(again);
    });

    it('load from a revision on', async () => {
      const { log } = logs();
      const stream = aStream();
      await log.append(stream, 'no-stream', someEvents(4));
      const [late, none, all] = await Promise.all([2, 4, 0].map((from) => log.loadStream(stream, from)));
      expect([late, none, all].map((events) => revisions(events ?? []))).toEqual([[2, 3], [], [0, 1, 2, 3]]);
    });

    it('find an event by its id, together with its stream', async () => {
      const { log, other } = logs();
      const stream = aStream();
      const event = anEvent();
      await log.append(stream, 'no-stream', [anEvent(), event]);
      const [events, found, missing] = await Promise.all([
        other.loadStream(stream),
        other.findEvent(event.eventId.toUpperCase(), [stream]),
        other.findEvent(randomUUID(), [stream]),
      ]);
      expect(found).toEqual(events[1]);
      expect(found).toMatchObject(event);
      expect(missing).toBeUndefined();
    });

    it('see what any process had appended before', async () => {
      const { log, other } = logs();
      for (let round = 0; round < 5; round++) {
        const stream = aStream();
        await log.append(stream, 'no-stream', [anEvent()]);
        expect(await other.loadStream(stream)).toHaveLength(1);
      }
    });
  });

  describe('readAll', () => {
    const [orders, customers] = [aStream('readall.order'), aStream('readall.customer')];
    const filter = { streamPrefixes: ['readall.order-', 'readall.customer-'] };
    let before: bigint;
    beforeAll(async () => {
      const { log } = logs();
      before = (await log.head()).position;
      await log.append(orders, 'no-stream', someEvents(3));
      await log.append(aStream('other'), 'no-stream', someEvents(1200));
      await log.append(customers, 'no-stream', someEvents(2));
      await log.append(orders, 2, [anEvent()]);
    });

    it('gives the whole log in the order of rising positions', async () => {
      const { log } = logs();
      const positions = (await collect(log.readAll())).map(({ position }) => position);
      expect(positions).toEqual([...positions].sort((a, b) => (a < b ? -1 : 1)));
      expect(new Set(positions).size).toBe(positions.length);
      expect(positions.at(-1)).toBe((await log.head()).position);
    });

    it('gives backwards the same in reverse', async () => {
      const { log } = logs();
      const forwards = await collect(log.readAll());
      expect(await collect(log.readAll({ direction: 'backwards' }))).toEqual(forwards.reverse());
    });

    it('begins after a position, in either direction', async () => {
      const { log } = logs();
      const all = await collect(log.readAll());
      const at = all[700]?.position ?? 0n;
      expect(await collect(log.readAll({ after: at }))).toEqual(all.slice(701));
      expect(await collect(log.readAll({ after: at, direction: 'backwards', limit: 5 }))).toEqual(
        all.slice(695, 700).reverse(),
      );
      expect(await collect(log.readAll({ after: all.at(-1)?.position ?? 0n }))).toEqual([]);
    });

    it('keeps to the streams of a filter, in either direction and up to a limit', async () => {
      const { log } = logs();
      const names = async (options: object) =>
        (await collect(log.readAll({ filter, ...options }))).map(({ stream }) => stream);
      const expected = [orders, orders, orders, customers, customers, orders];
      expect(await names({ after: before })).toEqual(expected);
      expect(await names({ direction: 'backwards' })).toEqual([...expected].reverse());
      expect(await names({ limit: 4 })).toEqual(expected.slice(0, 4));
      expect(await names({ direction: 'backwards', limit: 2 })).toEqual([orders, customers]);
      expect(await names({ filter: { streamPrefixes: ['readall.none-'] } })).toEqual([]);
      expect(await names({ filter: { streamPrefixes: ['readall.ord_r-', '%'] } })).toEqual([]);
    });

    it('can be left early', async () => {
      expect(await collect(logs().log.readAll(), 3)).toHaveLength(3);
    });
  });

  describe('head', () => {
    it('moves with each append, for all processes, under one identity', async () => {
      const { log, other } = logs();
      const outcome = await log.append(aStream(), 'no-stream', someEvents(2));
      const [mine, theirs] = await Promise.all([log.head(), other.head()]);
      expect(mine).toEqual(theirs);
      expect(mine.position).toBe(outcome.kind === 'appended' && outcome.position);
      expect(mine.logId).toMatch(/^[0-9a-f-]{36}$/);
    });
  });
}
