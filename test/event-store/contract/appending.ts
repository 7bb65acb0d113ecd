import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { anEvent, someEvents } from '../../support/events.js';
import { collect } from '../../support/iterables.js';
import { aStream, type Logs } from './logs.js';

export function describeAppending(logs: () => Logs): void {
  describe('append', () => {
    it('answers revision and position of the last event', async () => {
      const { log } = logs();
      const stream = aStream();
      const first = await log.append(stream, 'no-stream', [anEvent()]);
      const second = await log.append(stream, 0, someEvents(3));
      expect(first).toMatchObject({ kind: 'appended', repeated: false, revision: 0 });
      expect(second).toMatchObject({ kind: 'appended', repeated: false, revision: 3 });
      const positions = (await log.loadStream(stream)).map(({ position }) => position);
      expect(positions[0]).toBe('position' in first && first.position);
      expect(positions[3]).toBe('position' in second && second.position);
    });

    it('keeps every text exactly', async () => {
      const { log } = logs();
      const stream = aStream();
      const event = anEvent({
        data: '{"a": "ß\\u0000\\n\\t", "b":1.10,"🧵":[" x "]}',
        metadata: '{ "spaces" : 1}',
      });
      await log.append(stream, 'no-stream', [event]);
      expect(await log.loadStream(stream)).toMatchObject([{ ...event, stream, revision: 0 }]);
    });

    it('keeps the same texts of an event that brings what they say', async () => {
      const { log } = logs();
      const stream = aStream();
      const printed = {
        data: { 10: 'ß\u0000\n', a: [1.1, -0, null], b: undefined },
        metadata: { c: 1e21, '': '"' },
      };
      const texts = { data: JSON.stringify(printed.data), metadata: JSON.stringify(printed.metadata) };
      await log.append(stream, 'no-stream', [anEvent({ ...texts, printed })]);
      expect(await log.loadStream(stream)).toMatchObject([texts]);
    });

    it('keeps events of megabytes', async () => {
      const { log } = logs();
      const stream = aStream();
      const events = [
        anEvent({ data: JSON.stringify('x'.repeat(800_000)) }),
        anEvent({ data: JSON.stringify('ü'.repeat(99_999)) }),
      ];
      await Promise.all(events.map((event, index) => log.append(`${stream}${index}`, 'no-stream', [event])));
      expect((await log.loadStream(`${stream}0`))[0]?.data === events[0]?.data).toBe(true);
      expect((await log.loadStream(`${stream}1`))[0]?.data === events[1]?.data).toBe(true);
    });

    it('records appends in the order of their calls, if it says that it keeps that order', async () => {
      const { log } = logs();
      const streams = Array.from({ length: 600 }, () => aStream());
      const outcomes = await Promise.all(streams.map((each) => log.append(each, 'no-stream', [anEvent()])));
      const positions = outcomes.map((outcome) => ('position' in outcome ? outcome.position : 0n));
      const rising = [...new Set(positions)].sort((one, other) => Number(one - other));
      expect(rising).toHaveLength(600);
      if (log.keepsCallOrder) expect(positions).toEqual(rising);
    });

    it.each([
      { title: 'no-stream on an existing stream', existing: 2, expected: 'no-stream' as const, actual: 1 },
      { title: 'a revision of a missing stream', existing: 0, expected: 0, actual: 'no-stream' as const },
      { title: 'a revision that was passed', existing: 3, expected: 1, actual: 2 },
      { title: 'a revision not yet reached', existing: 1, expected: 5, actual: 0 },
    ])('refuses $title with the actual one', async ({ existing, expected, actual }) => {
      const { log } = logs();
      const stream = aStream();
      if (existing) await log.append(stream, 'no-stream', someEvents(existing));
      expect(await log.append(stream, expected, [anEvent()])).toEqual({
        kind: 'wrong-expected-revision',
        actual,
      });
      expect(await log.loadStream(stream)).toHaveLength(existing);
    });

    it('stores all of an append or nothing', async () => {
      const { log } = logs();
      const stream = aStream();
      const taken = anEvent();
      await log.append(stream, 'no-stream', [taken, anEvent()]);
      await log.append(stream, 1, [anEvent(), taken, anEvent()]);
      expect(await log.loadStream(stream)).toHaveLength(2);
    });

    it('never moves recordedAt backwards along the log', async () => {
      const { log, other } = logs();
      await Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          (n % 2 ? log : other).append(aStream(), 'no-stream', [anEvent()]),
        ),
      );
      const times = (await collect(log.readAll())).map(({ recordedAt }) => recordedAt);
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(times.every(Number.isSafeInteger)).toBe(true);
    });

    it.each([
      { title: 'no events', events: [] },
      { title: 'an event id twice', events: Array<ReturnType<typeof anEvent>>(2).fill(anEvent()) },
      {
        title: 'an event id twice, in other letters',
        events: [
          anEvent({ eventId: 'A0000000-0000-4000-8000-00000000000b' }),
          anEvent({ eventId: 'a0000000-0000-4000-8000-00000000000B' }),
        ],
      },
      { title: 'an event id that is no UUID', events: [anEvent({ eventId: 'one' })] },
      { title: 'an event without type', events: [anEvent({ type: '' })] },
      { title: 'text that can not be stored', events: [anEvent({ data: '\0' })] },
    ])('throws on $title and stores nothing', async ({ events }) => {
      const { log } = logs();
      const stream = aStream();
      await expect(log.append(stream, 'no-stream', events)).rejects.toThrow(RangeError);
      expect(await log.loadStream(stream)).toEqual([]);
    });

    it.each([-1, 1.5, NaN, 2 ** 31])('throws on the revision %d', async (expected) => {
      await expect(logs().log.append(aStream(), expected, [anEvent()])).rejects.toThrow(RangeError);
    });

    it.each(['', 'two words', 'x'.repeat(201), 'nul\0'])('throws on the stream name %j', async (stream) => {
      await expect(logs().log.append(stream, 'no-stream', [anEvent()])).rejects.toThrow(RangeError);
    });
  });

  describe('appends made together', () => {
    it('each get their own outcome, in the order they were made in', async () => {
      const { log, hasIdIndex } = logs();
      const [stream, second] = [aStream(), aStream()];
      const event = anEvent();
      const outcomes = await Promise.all([
        log.append(stream, 'no-stream', [event]),
        log.append(stream, 'no-stream', [anEvent()]),
        log.append(stream, 0, someEvents(2)),
        log.append(stream, 'no-stream', [event]),
        hasIdIndex ? log.append(second, 'no-stream', [event]) : log.append(stream, 2, [event]),
        log.append(second, 'no-stream', [anEvent()]),
        log.append(second, 3, [anEvent()]),
        log.append(aStream(), 'no-stream', [anEvent()]),
      ]);
      expect(outcomes).toMatchObject([
        { kind: 'appended', repeated: false, revision: 0 },
        { kind: 'wrong-expected-revision', actual: 0 },
        { kind: 'appended', repeated: false, revision: 2 },
        { kind: 'appended', repeated: true, revision: 0 },
        { kind: 'event-id-taken', eventId: event.eventId, stream, revision: 0 },
        { kind: 'appended', repeated: false, revision: 0 },
        { kind: 'wrong-expected-revision', actual: 0 },
        { kind: 'appended', repeated: false, revision: 0 },
      ]);
    });

    it('each get their own outcome where each has a stream of its own', async () => {
      const { log } = logs();
      const [known, other] = [aStream(), aStream()];
      const event = anEvent();
      const first = await log.append(known, 'no-stream', [event]);
      await log.append(other, 'no-stream', someEvents(3));
      const [near, far] = [aStream(), aStream()];
      const outcomes = await Promise.all([
        log.append(near, 'no-stream', [anEvent()]),
        log.append(known, 'no-stream', [event]),
        log.append(other, 1, [anEvent()]),
        log.append(aStream(), 0, [anEvent()]),
        log.append(far, 'no-stream', [anEvent()]),
      ]);
      const positionIn = async (stream: string) => (await log.loadStream(stream)).at(0)?.position;
      expect(outcomes).toEqual([
        { kind: 'appended', repeated: false, revision: 0, position: await positionIn(near) },
        { ...first, repeated: true },
        { kind: 'wrong-expected-revision', actual: 2 },
        { kind: 'wrong-expected-revision', actual: 'no-stream' },
        { kind: 'appended', repeated: false, revision: 0, position: await positionIn(far) },
      ]);
    });

    it('let one of many win each revision, whichever process they come from', async () => {
      const { log, other } = logs();
      const stream = aStream();
      for (let revision = -1; revision < 9; revision++) {
        const expected = revision < 0 ? 'no-stream' : revision;
        const outcomes = await Promise.all(
          Array.from({ length: 12 }, (_, n) => (n % 2 ? log : other).append(stream, expected, [anEvent()])),
        );
        const losers = outcomes.filter(({ kind }) => kind !== 'appended');
        expect(losers).toHaveLength(11);
        for (const loser of losers)
          expect(loser).toEqual({ kind: 'wrong-expected-revision', actual: revision + 1 });
      }
    });

    it('store one event of an id in a stream, whichever process it comes from', async () => {
      const { log, other } = logs();
      for (let round = 0; round < 10; round++) {
        const event = anEvent();
        const stream = aStream();
        const outcomes = await Promise.all(
          [log, other, log, other].map((writer) => writer.append(stream, 'no-stream', [event])),
        );
        const [stored, ...others] = await log.loadStream(stream);
        expect(others).toEqual([]);
        expect(outcomes).toMatchObject(
          outcomes.map(() => ({ kind: 'appended', revision: 0, position: stored?.position })),
        );
      }
    });

    it('store one event of an id in the log, where the engine has an index', async () => {
      const { log, other, hasIdIndex } = logs();
      for (let round = 0; round < 10 && hasIdIndex; round++) {
        const event = anEvent();
        const [stream, elsewhere] = [aStream(), aStream()];
        const outcomes = await Promise.all([
          log.append(stream, 'no-stream', [event]),
          other.append(stream, 'no-stream', [event]),
          other.append(elsewhere, 'no-stream', [event]),
          log.append(elsewhere, 'no-stream', [event]),
        ]);
        const stored = [...(await log.loadStream(stream)), ...(await log.loadStream(elsewhere))];
        expect(stored).toHaveLength(1);
        expect(outcomes.filter((outcome) => outcome.kind === 'appended' && !outcome.repeated)).toHaveLength(
          1,
        );
        expect(outcomes.filter((outcome) => outcome.kind === 'appended' && outcome.repeated)).toHaveLength(1);
        expect(outcomes.filter(({ kind }) => kind === 'event-id-taken')).toHaveLength(2);
      }
    });

    it('are all served, a thousand at once', async () => {
      const { log } = logs();
      const outcomes = await Promise.all(
        Array.from({ length: 1000 }, () => log.append(`many-${randomUUID()}`, 'no-stream', [anEvent()])),
      );
      expect(new Set(outcomes.map((outcome) => outcome.kind === 'appended' && outcome.position)).size).toBe(
        1000,
      );
    });
  });
}
