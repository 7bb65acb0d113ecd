import { describe, expect, it } from '@jest/globals';
import { type EventBatch, LogReplaced } from '#kontor/event-store';
import { anEvent, someEvents } from '../../support/events.js';
import { collect } from '../../support/iterables.js';
import { aStream, type Logs } from './logs.js';

/** Reads batches until one satisfies the condition. */
async function readUntil(
  batches: AsyncIterator<EventBatch>,
  isEnough: (batch: EventBatch) => boolean,
): Promise<EventBatch[]> {
  const seen: EventBatch[] = [];
  for (;;) {
    const { value, done } = await batches.next();
    if (done) return seen;
    seen.push(value);
    if (isEnough(value)) return seen;
  }
}

const eventsOf = (batches: readonly EventBatch[]) => batches.flatMap(({ events }) => events);
const follow = (subscription: AsyncIterable<EventBatch>) => subscription[Symbol.asyncIterator]();

export function describeSubscribing(logs: () => Logs): void {
  describe('subscribe', () => {
    it('catches up from the beginning in order, then tells so', async () => {
      const { log } = logs();
      await log.append(aStream(), 'no-stream', someEvents(250));
      const all = await collect(log.readAll());
      const end = new AbortController();
      const batches = await readUntil(
        follow(log.subscribe({ after: 0n, batchSize: 100 }, end.signal)),
        ({ caughtUp }) => caughtUp,
      );
      end.abort();
      expect(eventsOf(batches)).toEqual(all);
      expect(batches.every(({ events }) => events.length <= 100)).toBe(true);
      expect(batches.at(-1)?.position).toBe(all.at(-1)?.position);
      expect(batches.slice(0, -1).some(({ caughtUp }) => caughtUp)).toBe(false);
    });

    it('tells at once that there is nothing new, then brings what any process appends', async () => {
      const { log, other } = logs();
      const { position } = await log.head();
      const end = new AbortController();
      const batches = follow(log.subscribe({ after: position }, end.signal));
      expect((await batches.next()).value).toEqual({ events: [], position, caughtUp: true });
      for (const writer of [log, other, log]) {
        const event = anEvent();
        const outcome = await writer.append(aStream(), 'no-stream', [event]);
        const [batch] = await readUntil(batches, () => true);
        expect(batch?.events).toMatchObject([event]);
        expect(batch?.position).toBe(outcome.kind === 'appended' && outcome.position);
      }
      end.abort();
      expect((await batches.next()).done).toBe(true);
    });

    it('keeps to the streams of a filter and moves past the others', async () => {
      const { log } = logs();
      const { position } = await log.head();
      const wanted = aStream('subscribe.order');
      await log.append(aStream('other'), 'no-stream', someEvents(30));
      await log.append(wanted, 'no-stream', someEvents(2));
      await log.append(aStream('other'), 'no-stream', someEvents(30));
      const end = new AbortController();
      const options = { after: position, batchSize: 10, filter: { streamPrefixes: ['subscribe.order-'] } };
      const batches = await readUntil(follow(log.subscribe(options, end.signal)), ({ caughtUp }) => caughtUp);
      end.abort();
      expect(eventsOf(batches).map(({ stream }) => stream)).toEqual([wanted, wanted]);
      expect(batches.at(-1)?.position).toBe((await log.head()).position);
    });

    it('resumes after any position without a gap or a repeat', async () => {
      const { log } = logs();
      const all = (await collect(log.readAll())).slice(-40);
      const [first] = all;
      let position = (first?.position ?? 1n) - 1n;
      const seen: EventBatch[] = [];
      for (const batchSize of [1, 7, 1, 12, 100]) {
        const end = new AbortController();
        const [batch] = await readUntil(
          follow(log.subscribe({ after: position, batchSize }, end.signal)),
          () => true,
        );
        end.abort();
        if (batch) seen.push(batch);
        position = batch?.position ?? position;
      }
      expect(eventsOf(seen)).toEqual(all);
    });

    it('skips nothing and reorders nothing while two processes append', async () => {
      const { log, other } = logs();
      const { position } = await log.head();
      const end = new AbortController();
      const batches = follow(log.subscribe({ after: position, batchSize: 50 }, end.signal));
      const appended = Promise.all(
        [log, other].flatMap((writer) =>
          Array.from({ length: 10 }, async () => {
            for (let n = 0; n < 20; n++) await writer.append(aStream(), 'no-stream', [anEvent()]);
          }),
        ),
      );
      let count = 0;
      const seen = await readUntil(batches, ({ events }) => (count += events.length) >= 400);
      end.abort();
      await appended;
      expect(eventsOf(seen)).toEqual(await collect(log.readAll({ after: position })));
    });

    it('serves a hundred and fifty subscriptions at once', async () => {
      const { log, other } = logs();
      const { position } = await log.head();
      const end = new AbortController();
      const subscriptions = Array.from({ length: 150 }, () =>
        follow(log.subscribe({ after: position }, end.signal)),
      );
      await Promise.all(subscriptions.map((batches) => batches.next()));
      const event = anEvent();
      await other.append(aStream(), 'no-stream', [event]);
      const received = await Promise.all(subscriptions.map((batches) => batches.next()));
      end.abort();
      expect(received.map(({ value }) => (value as EventBatch).events[0]?.eventId)).toEqual(
        Array(150).fill(event.eventId),
      );
    });

    it('lets a slow consumer take its time', async () => {
      const { log } = logs();
      const { position } = await log.head();
      await log.append(aStream(), 'no-stream', someEvents(30));
      const end = new AbortController();
      const batches = follow(log.subscribe({ after: position, batchSize: 10 }, end.signal));
      const [first] = await readUntil(batches, () => true);
      await log.append(aStream(), 'no-stream', someEvents(30));
      const rest = await readUntil(batches, ({ caughtUp }) => caughtUp);
      end.abort();
      expect(eventsOf([...(first ? [first] : []), ...rest])).toEqual(
        await collect(log.readAll({ after: position })),
      );
    });

    it('ends when its signal aborts, also before it began', async () => {
      const { log } = logs();
      const { position } = await log.head();
      expect(await collect(log.subscribe({ after: position }, AbortSignal.abort()))).toEqual([]);
      const end = new AbortController();
      const batches = follow(log.subscribe({ after: position }, end.signal));
      await batches.next();
      const waiting = batches.next();
      end.abort();
      expect((await waiting).done).toBe(true);
    });

    it('stops loudly at a position that the log does not reach', async () => {
      const { log } = logs();
      const { position } = await log.head();
      const batches = follow(log.subscribe({ after: position + 1000n }, AbortSignal.timeout(60_000)));
      await expect(readUntil(batches, () => false)).rejects.toThrow(LogReplaced);
    });
  });
}
