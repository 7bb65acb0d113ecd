import { describe, expect, it } from '@jest/globals';
import { anEvent, someEvents } from '../../support/events.js';
import { aStream, type Logs } from './logs.js';

export function describeRepeating(logs: () => Logs): void {
  describe('append of an event id that is there', () => {
    it('answers as at first where it stands at the place asked for, and keeps the first text', async () => {
      const { log, other, hasIdIndex } = logs();
      const stream = aStream();
      const [first, second] = [[anEvent(), anEvent()], [anEvent()]];
      const answers = [await log.append(stream, 'no-stream', first), await log.append(stream, 1, second)];
      if (!hasIdIndex) await other.loadStream(stream);
      const again = first.map((event) => ({
        ...event,
        data: '"other"',
        eventId: event.eventId.toUpperCase(),
      }));
      expect([await other.append(stream, 'no-stream', again), await log.append(stream, 1, second)]).toEqual(
        answers.map((answer) => ({ ...answer, repeated: true })),
      );
      expect(await log.loadStream(stream)).toMatchObject([...first, ...second]);
    });

    it('answers the part of a longer append with that part', async () => {
      const { log } = logs();
      const stream = aStream();
      const events = someEvents(3);
      await log.append(stream, 'no-stream', events);
      const [, second] = await log.loadStream(stream);
      expect(await log.append(stream, 'no-stream', events.slice(0, 2))).toEqual({
        kind: 'appended',
        repeated: true,
        revision: 1,
        position: second?.position,
      });
    });

    it('tells where it stands when that is another stream, or stores it there without an index', async () => {
      const { log, other, hasIdIndex } = logs();
      const stream = aStream();
      const event = anEvent();
      await log.append(stream, 'no-stream', [anEvent(), event]);
      if (!hasIdIndex) {
        expect(await log.append(aStream(), 'no-stream', [event])).toMatchObject({
          revision: 0,
          repeated: false,
        });
        return;
      }
      const taken = { kind: 'event-id-taken', eventId: event.eventId, stream, revision: 1 };
      expect(await log.append(aStream(), 'no-stream', [event])).toEqual(taken);
      expect(await other.append(aStream(), 'no-stream', [anEvent(), event])).toEqual(taken);
    });

    it('tells where it stands when the stream went on, whatever revision is expected', async () => {
      const { log } = logs();
      const stream = aStream();
      const event = anEvent();
      await log.append(stream, 'no-stream', [event, anEvent(), anEvent()]);
      const taken = { kind: 'event-id-taken', eventId: event.eventId, stream, revision: 0 };
      expect(await log.append(stream, 2, [event])).toEqual(taken);
      expect(await log.append(stream, 0, [event])).toEqual(taken);
      expect(await log.append(stream, 7, [event])).toEqual(taken);
    });

    it('refuses the revision of an append of which only the beginning is there', async () => {
      const { log } = logs();
      const stream = aStream();
      const events = someEvents(2);
      await log.append(stream, 'no-stream', events);
      expect(await log.append(stream, 'no-stream', [...events, anEvent()])).toEqual({
        kind: 'wrong-expected-revision',
        actual: 1,
      });
    });

    it('tells the first that is elsewhere when others stand in place', async () => {
      const { log } = logs();
      const stream = aStream();
      const [first, second] = [anEvent(), anEvent()];
      await log.append(stream, 'no-stream', [first, second]);
      expect(await log.append(stream, 'no-stream', [first, anEvent(), second])).toEqual({
        kind: 'event-id-taken',
        eventId: second.eventId,
        stream,
        revision: 1,
      });
    });
  });
}
