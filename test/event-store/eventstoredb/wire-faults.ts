import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type AppendOutcome, LogUnavailable } from '#kontor/event-store';
import { EventStoreDbEventLog } from '#kontor/event-store/eventstoredb';
import { anEvent, someEvents } from '../../support/events.js';
import { collect } from '../../support/iterables.js';
import { Follower } from '../../support/subscriptions.js';
import { aStream } from '../contract.js';

/** A server whose connections can be made to fail. */
export interface ServerOnAWire {
  /** By way of the wire. */
  readonly url: string;
  readonly wire: Wire;
  close(): Promise<void>;
}

export interface Wire {
  /** Connections made so far. */
  readonly connections: number;
  /** Resets every connection. */
  cut(): void;
  /** Connections that there are go silent for good. */
  blackhole(): void;
  /** Everything goes silent. */
  freeze(): void;
  thaw(): void;
  /** Resets every connection and refuses new ones. */
  unplug(): Promise<void>;
  plug(port: number): Promise<number>;
}

/** Short, so that the tests need not wait; long enough for a busy machine. */
const options = { tryMs: 600, deadlineMs: 20_000, watchMs: 200 };

/** What must hold when the network fails, against the stand-in and against a real server. */
export function describeWireFaults(name: string, start: () => Promise<ServerOnAWire>): void {
  describe(`the event log (${name}) on a failing network`, () => {
    let server: ServerOnAWire;
    let log: EventStoreDbEventLog;
    const port = () => Number(new URL(server.url.replace('esdb', 'http')).port);
    beforeAll(async () => {
      server = await start();
    });
    beforeEach(() => {
      log = new EventStoreDbEventLog(server.url, options);
    });
    afterEach(() => log.close());
    afterAll(() => server.close());

    /** A subscriber that has caught up: what comes now, comes live. */
    const startFollower = async () => {
      const { position } = await log.head();
      const follower = new Follower((signal) => log.subscribe({ after: position }, signal));
      await follower.reached(position);
      return follower;
    };

    it('stores each acknowledged append once while connections are cut again and again', async () => {
      const appended = await Promise.all(
        Array.from({ length: 16 }, async (_, writer) => {
          const stream = aStream();
          const ids: string[] = [];
          for (let revision = 0; revision < 10; revision++) {
            if (writer === 0) server.wire.cut();
            const event = anEvent();
            const outcome = await log.append(stream, revision === 0 ? 'no-stream' : revision - 1, [event]);
            expect(outcome).toMatchObject({ kind: 'appended', revision });
            ids.push(event.eventId);
          }
          return { stream, ids };
        }),
      );
      for (const { stream, ids } of appended)
        expect((await log.loadStream(stream)).map(({ eventId }) => eventId)).toEqual(ids);
    });

    it('reports an unreachable server by the deadline, and the same call may be made again', async () => {
      const impatient = new EventStoreDbEventLog(server.url, { ...options, deadlineMs: 300 });
      const event = anEvent();
      const stream = aStream();
      await impatient.head();
      await server.wire.unplug();
      await expect(impatient.append(stream, 'no-stream', [event])).rejects.toThrow(LogUnavailable);
      await expect(impatient.loadStream(stream)).rejects.toThrow(LogUnavailable);
      await expect(impatient.head()).rejects.toThrow(LogUnavailable);
      await server.wire.plug(port());
      expect(await log.append(stream, 'no-stream', [event])).toMatchObject({ kind: 'appended', revision: 0 });
      await impatient.close();
    });

    it('goes on over a new connection when the old one is silent', async () => {
      const stream = aStream();
      const event = anEvent();
      await log.append(stream, 'no-stream', [event]);
      const before = server.wire.connections;
      server.wire.blackhole();
      const [appended, loaded] = await Promise.all([
        log.append(stream, 0, [anEvent()]),
        log.loadStream(stream),
      ]);
      expect(appended).toMatchObject({ kind: 'appended', repeated: false, revision: 1 });
      expect(loaded[0]).toMatchObject(event);
      expect(server.wire.connections).toBeGreaterThan(before);
    });

    it('waits for a frozen server', async () => {
      const stream = aStream();
      await log.append(stream, 'no-stream', [anEvent()]);
      server.wire.freeze();
      const impatient = new EventStoreDbEventLog(server.url, { ...options, deadlineMs: 1000 });
      const appended = log.append(stream, 0, [anEvent()]);
      await expect(impatient.append(aStream(), 'no-stream', [anEvent()])).rejects.toThrow(LogUnavailable);
      server.wire.thaw();
      expect(await appended).toMatchObject({ kind: 'appended', revision: 1 });
      expect(await log.loadStream(stream)).toHaveLength(2);
      await impatient.close();
    });

    it('brings a subscriber every event once, however often its connection is cut', async () => {
      const follower = await startFollower();
      let last: AppendOutcome | undefined;
      const ids: string[] = [];
      for (let drop = 0; drop < 3; drop++) {
        const events = someEvents(5);
        last = await log.append(aStream(), 'no-stream', events);
        ids.push(...events.map(({ eventId }) => eventId));
        await follower.reached(positionOf(last));
        server.wire.cut();
      }
      last = await log.append(aStream(), 'no-stream', [anEvent()]);
      await follower.reached(positionOf(last));
      await follower.stop();
      expect(follower.events.map(({ eventId }) => eventId).slice(0, -1)).toEqual(ids);
      expect(follower.events).toHaveLength(ids.length + 1);
    });

    // The connection itself takes its silence for death after ten seconds and ten more.
    it('notices before the connection does that a subscription has died silently', async () => {
      const follower = await startFollower();
      const first = await log.append(aStream(), 'no-stream', [anEvent()]);
      await follower.reached(positionOf(first));
      server.wire.blackhole();
      const second = await log.append(aStream(), 'no-stream', [anEvent()]);
      await follower.reached(positionOf(second));
      await follower.stop();
      expect(follower.events).toHaveLength(2);
    }, 10_000);

    it('lets a subscriber outlive an outage longer than any deadline', async () => {
      const patient = new EventStoreDbEventLog(server.url, { ...options, deadlineMs: 200 });
      const { position } = await log.head();
      const follower = new Follower((signal) => patient.subscribe({ after: position }, signal));
      await follower.reached(position);
      await server.wire.unplug();
      await expect(patient.head()).rejects.toThrow(LogUnavailable);
      await server.wire.plug(port());
      const outcome = await log.append(aStream(), 'no-stream', [anEvent()]);
      await follower.reached(positionOf(outcome));
      await follower.stop();
      expect(follower.events).toHaveLength(1);
      await patient.close();
    });

    it('serves appends while a hundred and fifty readers have not finished', async () => {
      const stream = aStream();
      await log.append(stream, 'no-stream', someEvents(20));
      const readers = Array.from({ length: 150 }, (_, n) =>
        (n % 2 ? log.readStream(stream) : log.readAll())[Symbol.asyncIterator](),
      );
      await Promise.all(readers.map((reader) => reader.next()));
      expect(await log.append(`${stream}-${randomUUID()}`, 'no-stream', [anEvent()])).toMatchObject({
        kind: 'appended',
      });
      await Promise.all(readers.map(async (reader) => reader.return?.()));
      expect(await collect(log.readStream(stream))).toHaveLength(20);
    });
  });
}

export function positionOf(outcome: AppendOutcome): bigint {
  if (outcome.kind !== 'appended') throw new Error(`not appended: ${outcome.kind}`);
  return outcome.position;
}
