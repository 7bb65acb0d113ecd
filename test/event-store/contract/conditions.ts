import { describe, expect, it } from '@jest/globals';
import { anEvent, someEvents } from '../../support/events.js';
import { aStream, type Logs } from './logs.js';

export function describeConditions(logs: () => Logs): void {
  describe('append on conditions', () => {
    it('appends where the other streams stand as they were seen, those that are not there among them', async () => {
      const { log, other } = logs();
      const [stream, seen, missing] = [aStream(), aStream(), aStream()];
      await other.append(seen, 'no-stream', someEvents(3));
      const unmoved = [
        { stream: seen, revision: 2 },
        { stream: missing, revision: 'no-stream' as const },
      ];
      expect(await log.append(stream, 'no-stream', [anEvent()], { unmoved })).toMatchObject({
        kind: 'appended',
        repeated: false,
        revision: 0,
      });
    });

    it.each([
      { title: 'went on', standing: 2, seen: 0 },
      { title: 'was made', standing: 1, seen: 'no-stream' as const },
      { title: 'is shorter than it was seen', standing: 1, seen: 1 },
      { title: 'is gone', standing: 0, seen: 0 },
    ])('tells which other stream $title, and stores nothing', async ({ standing, seen }) => {
      const { log, other } = logs();
      const [stream, still, moved] = [aStream(), aStream(), aStream()];
      await other.append(still, 'no-stream', someEvents(2));
      if (standing) await other.append(moved, 'no-stream', someEvents(standing));
      const unmoved = [
        { stream: still, revision: 1 },
        { stream: moved, revision: seen },
      ];
      const outcome = { kind: 'stream-moved', stream: moved };
      expect(await log.append(stream, 'no-stream', [anEvent()], { unmoved })).toEqual(outcome);
      expect(await log.append(stream, 3, [anEvent()], { unmoved })).toEqual(outcome);
      expect(await log.loadStream(stream)).toEqual([]);
    });

    it('answers a repeat as at first, whatever has moved since', async () => {
      const { log, other } = logs();
      const [stream, moved] = [aStream(), aStream()];
      const event = anEvent();
      const conditions = {
        unmoved: [{ stream: moved, revision: 'no-stream' as const }],
        idsMayBeIn: [stream, aStream()],
      };
      const first = await log.append(stream, 'no-stream', [event], conditions);
      await other.append(moved, 'no-stream', [anEvent()]);
      for (const either of [log, other])
        expect(await either.append(stream, 'no-stream', [event], conditions)).toEqual({
          ...first,
          repeated: true,
        });
    });

    it('finds an id in the other streams that it may be in', async () => {
      const { log, other } = logs();
      const [stream, elsewhere] = [aStream(), aStream()];
      const event = anEvent();
      await other.append(elsewhere, 'no-stream', [anEvent(), event]);
      expect(await log.append(stream, 'no-stream', [event], { idsMayBeIn: [stream, elsewhere] })).toEqual({
        kind: 'event-id-taken',
        eventId: event.eventId,
        stream: elsewhere,
        revision: 1,
      });
      expect(await log.loadStream(stream)).toEqual([]);
    });

    it('tells a repeat that this process never saw from a first append', async () => {
      const { log, other } = logs();
      const stream = aStream();
      const event = anEvent();
      await log.append(stream, 'no-stream', [anEvent(), event]);
      const found = { kind: 'event-id-taken', eventId: event.eventId, stream, revision: 1 };
      expect(await other.append(stream, 1, [event], { idsMayBeIn: [stream] })).toEqual(found);
    });

    it('gives each of many made together its own outcome', async () => {
      const { log } = logs();
      const [still, moved] = [aStream(), aStream()];
      await log.append(still, 'no-stream', someEvents(2));
      await log.append(moved, 'no-stream', someEvents(2));
      const outcomes = await Promise.all(
        Array.from({ length: 60 }, (_, n) => {
          const seen = { stream: moved, revision: n % 7 === 3 ? 0 : 1 };
          const unmoved = n % 2 ? [seen] : [{ stream: still, revision: 1 }, seen];
          return log.append(aStream(), 'no-stream', [anEvent()], { unmoved });
        }),
      );
      expect(outcomes).toMatchObject(
        outcomes.map((_, n) =>
          n % 7 === 3 ? { kind: 'stream-moved', stream: moved } : { kind: 'appended' },
        ),
      );
    });

    it('sees what an append before it does, if it says that it keeps their order, and not what one after it does', async () => {
      const { log } = logs();
      if (!log.keepsCallOrder) return;
      const [changed, before, after] = [aStream(), aStream(), aStream()];
      await log.append(changed, 'no-stream', [anEvent()]);
      const unmoved = [{ stream: changed, revision: 0 }];
      const outcomes = await Promise.all([
        log.append(before, 'no-stream', [anEvent()], { unmoved }),
        log.append(changed, 0, [anEvent()]),
        log.append(after, 'no-stream', [anEvent()], { unmoved }),
      ]);
      expect(outcomes).toMatchObject([
        { kind: 'appended', revision: 0 },
        { kind: 'appended', revision: 1 },
        { kind: 'stream-moved', stream: changed },
      ]);
    });

    it.each([
      { stream: 'nul\0', revision: 0 },
      { stream: 'test-1', revision: -1 },
      { stream: 'test-1', revision: 0.5 },
    ])('throws on the condition %j', async (condition) => {
      const conditions = { unmoved: [condition] };
      await expect(logs().log.append(aStream(), 'no-stream', [anEvent()], conditions)).rejects.toThrow(
        RangeError,
      );
    });
  });
}
