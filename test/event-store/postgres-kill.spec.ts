import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PostgresEventLog, type RecordedEvent } from '#kontor/event-store';
import { TypeScriptProcess } from '../support/child-process.js';
import { startDatabase, type TestDatabase } from '../support/database.js';
import { type DatabaseServer, startDatabaseServer } from '../support/database-server.js';
import { collect } from '../support/iterables.js';
import { Follower } from '../support/subscriptions.js';
import { aStream } from './contract.js';

describe('appends of two processes while processes are killed', () => {
  let server: DatabaseServer;
  let database: TestDatabase;
  let log: PostgresEventLog;
  beforeAll(async () => {
    server = await startDatabaseServer();
    database = await startDatabase(server.superuserUrl);
    log = new PostgresEventLog(database.commandUrl, { pollIntervalMs: 100 });
  }, 20_000);
  afterAll(async () => {
    await log.close();
    await server.stop();
  });

  it('store what was acknowledged, once and in order, and a subscription sees exactly that', async () => {
    const common = aStream('common');
    const load = () => new TypeScriptProcess('./append-load.ts', database.commandUrl, common);
    const follower = new Follower((signal) => log.subscribe({ after: 0n }, signal));
    const [first, second] = [load(), load()];
    await Promise.all([first.printsMore(100), second.printsMore(100)]);
    for (let kill = 0; kill < 2; kill++) {
      await server.kill();
      await server.restart();
      await Promise.all([first.printsMore(50), second.printsMore(50)]);
    }
    await first.kill();
    const third = load();
    await Promise.all([second.printsMore(50), third.printsMore(50)]);
    await Promise.all([second.kill(), third.kill()]);

    const events = await collect(log.readAll());
    expectSoundLog(events);
    const stored = new Set(events.map(({ stream, revision, eventId }) => `${stream} ${revision} ${eventId}`));
    const acknowledged = [first, second, third].flatMap(({ lines }) => lines);
    expect(acknowledged.filter((line) => !stored.has(line))).toEqual([]);
    expect(new Set(acknowledged).size).toBe(acknowledged.length);
    expect(events.some(({ stream }) => stream === common)).toBe(true);

    const { position } = await log.head();
    await follower.reached(position);
    expect(follower.events).toEqual(await collect(log.readAll()));
    await follower.stop();
  }, 40_000);
});

/** Positions from 1 without a gap, times that never fall, streams without a gap, no id twice. */
function expectSoundLog(events: readonly RecordedEvent[]): void {
  expect(events.map(({ position }) => position)).toEqual(events.map((_, index) => BigInt(index + 1)));
  expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(events.length);
  const times = events.map(({ recordedAt }) => recordedAt);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  const next = new Map<string, number>();
  for (const { stream, revision } of events) {
    expect(revision).toBe(next.get(stream) ?? 0);
    next.set(stream, revision + 1);
  }
}
