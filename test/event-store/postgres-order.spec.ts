import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { LogReplaced, LogUnavailable, PostgresEventLog } from '#kontor/event-store';
import { startDatabase, type TestDatabase } from '../support/database.js';
import { anEvent, someEvents } from '../support/events.js';
import { collect } from '../support/iterables.js';
import { withClient } from '../support/raw-client.js';
import { Follower } from '../support/subscriptions.js';
import { aStream } from './contract.js';

describe('the order of the log in PostgreSQL', () => {
  let database: TestDatabase;
  let log: PostgresEventLog;
  beforeAll(async () => {
    database = await startDatabase();
    log = new PostgresEventLog(database.commandUrl, { pollIntervalMs: 50 });
  });
  afterAll(async () => {
    await log.close();
    await database.drop();
  });

  /** As another process appends, but under the test's hand: the transaction is the caller's. */
  const appendBy = async (client: pg.Client, stream: string): Promise<bigint> => {
    const { rows } = await client.query<{ position: string }>(
      `select position from event_log.append(array[$1], '{-1}', '{1}', array[$2::uuid], '{Tested}', '{"{}"}', '{"{}"}')`,
      [stream, randomUUID()],
    );
    return BigInt(rows[0]?.position ?? 0);
  };

  const appendEach = (streams: readonly string[]): Promise<unknown> =>
    Promise.all(streams.map((stream) => log.append(stream, 'no-stream', [anEvent()])));

  it('lets no reader pass an append that is not committed yet', async () => {
    const { position } = await log.head();
    const follower = new Follower((signal) => log.subscribe({ after: position }, signal));
    await withClient(database.commandUrl, async (client) => {
      await client.query('begin');
      const first = await appendBy(client, aStream());
      const later = log.append(aStream(), 'no-stream', [anEvent()]);
      expect((await log.head()).position).toBe(position);
      expect(await collect(log.readAll({ after: position }))).toEqual([]);
      await client.query('commit');
      expect(await later).toMatchObject({ position: first + 1n });
      await follower.reached(first + 1n);
    });
    expect(follower.events.map((event) => event.position)).toEqual([position + 1n, position + 2n]);
    await follower.stop();
  });

  it('gives all who append to one stream their turns', async () => {
    const stream = aStream();
    const turns = Array.from({ length: 32 }, () => 0);
    let left = 32 * 16;
    const append = async (caller: number): Promise<void> => {
      let expected: number | 'no-stream' = 'no-stream';
      while (left > 0) {
        const outcome = await log.append(stream, expected, [anEvent()]);
        if (outcome.kind === 'wrong-expected-revision') expected = outcome.actual;
        if (outcome.kind !== 'appended') continue;
        expected = outcome.revision;
        turns[caller] = (turns[caller] ?? 0) + 1;
        left--;
        // Who was answered comes again after those who only try again.
        await new Promise(setImmediate);
      }
    };
    await Promise.all(turns.keys().map(append));
    expect(Math.min(...turns)).toBeGreaterThanOrEqual(8);
  });

  it('is followed without being asked, however events were appended', async () => {
    const told = new PostgresEventLog(database.commandUrl, { pollIntervalMs: 600_000 });
    const { position } = await told.head();
    const follower = new Follower((signal) => told.subscribe({ after: position }, signal));
    const appendsAlone = () => appendEach([aStream()]);
    const appendsSeveral = () => log.append(aStream(), 'no-stream', someEvents(2));
    const appendsApart = () => appendEach([aStream(), aStream()]);
    const appendsToOneStream = () => appendEach(['one-stream', 'one-stream']);
    for (const append of [appendsAlone, appendsSeveral, appendsApart, appendsToOneStream]) {
      await append();
      await follower.reached((await log.head()).position);
    }
    expect(follower.events).toHaveLength(6);
    await follower.stop();
    await told.close();
  });

  it('is followed whatever else is told on its channel', async () => {
    const { position } = await log.head();
    const follower = new Follower((signal) => log.subscribe({ after: position }, signal));
    await log.append(aStream(), 'no-stream', [anEvent()]);
    await follower.reached(position + 1n);
    await withClient(database.commandUrl, (client) => client.query(`notify event_log, 'nonsense'`));
    await log.append(aStream(), 'no-stream', [anEvent()]);
    await follower.reached(position + 2n);
    expect(follower.events.map((event) => event.position)).toEqual([position + 1n, position + 2n]);
    await follower.stop();
  });

  it('is not read again and again for a position that was told but never written', async () => {
    const asked = jest.spyOn(pg.Client.prototype, 'query');
    const watched = new PostgresEventLog(database.commandUrl);
    const { position } = await watched.head();
    const follower = new Follower((signal) => watched.subscribe({ after: position }, signal));
    await watched.append(aStream(), 'no-stream', [anEvent()]);
    await follower.reached(position + 1n);
    await withClient(database.commandUrl, (client) => client.query(`notify event_log, '999999999'`));
    asked.mockClear();
    const appends = 30n;
    for (let n = 2n; n <= appends; n++) {
      await watched.append(aStream(), 'no-stream', [anEvent()]);
      await follower.reached(position + n);
    }
    // An append, a read that finds it, and perhaps one for a word that came late.
    expect(asked.mock.calls.length).toBeLessThan(3 * Number(appends));
    await follower.stop();
    await watched.close();
    asked.mockRestore();
  });

  it('has no gap where an append was rolled back', async () => {
    const { position } = await log.head();
    await withClient(database.commandUrl, async (client) => {
      await client.query('begin');
      expect(await appendBy(client, aStream())).toBe(position + 1n);
      await client.query('rollback');
    });
    expect(await log.append(aStream(), 'no-stream', [anEvent()])).toMatchObject({ position: position + 1n });
  });

  it('follows positions where transaction ids cross them', async () => {
    const { position } = await log.head();
    await withClient(database.commandUrl, async (client) => {
      await client.query('begin; select pg_current_xact_id()');
      await log.append(aStream(), 'no-stream', [anEvent()]);
      const follower = new Follower((signal) => log.subscribe({ after: position }, signal));
      await follower.reached(position + 1n);
      await appendBy(client, aStream());
      await client.query('commit');
      await follower.reached(position + 2n);
      expect(follower.events.map((event) => event.position)).toEqual([position + 1n, position + 2n]);
      await follower.stop();
    });
  });

  it('keeps readers going and tells writers while a session idles in its transaction', async () => {
    const impatient = new PostgresEventLog(database.commandUrl, { deadlineMs: 200 });
    await withClient(database.commandUrl, async (client) => {
      expect((await client.query('show idle_in_transaction_session_timeout')).rows).toEqual([
        { idle_in_transaction_session_timeout: '10s' },
      ]);
      await client.query('begin');
      await appendBy(client, aStream());
      const event = anEvent();
      const stream = aStream();
      await expect(impatient.append(stream, 'no-stream', [event])).rejects.toThrow(LogUnavailable);
      expect((await collect(impatient.readAll())).length).toBeGreaterThan(0);
      await withClient(database.superuserUrl, (superuser) =>
        superuser.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where state = 'idle in transaction'`,
        ),
      );
      expect(await log.append(stream, 'no-stream', [event])).toMatchObject({ kind: 'appended' });
    }).catch((error: Error) => expect(error.message).toMatch(/terminat/));
    await impatient.close();
  });

  it.each([
    { twice: 'stream', streams: 1, ids: 2, second: 'wrong-expected-revision' },
    { twice: 'event id', streams: 2, ids: 1, second: 'event-id-taken' },
    { twice: 'event', streams: 1, ids: 1, second: 'repeated' },
  ])(
    'has an outcome, not an error, for the same $twice twice in one call',
    async ({ streams, ids, second }) => {
      const [stream, eventId] = [
        [aStream(), aStream()],
        [randomUUID(), randomUUID()],
      ];
      const kinds = await withClient(database.commandUrl, (client) =>
        client.query<{ kind: string }>(
          `select kind from event_log.append(
           $1, '{-1, -1}', '{1, 1}', $2, '{Tested, Tested}', array['{}', '{}'], array['{}', '{}'])`,
          [
            [stream[0], stream[streams - 1]],
            [eventId[0], eventId[ids - 1]],
          ],
        ),
      );
      expect(kinds.rows).toEqual([{ kind: 'appended' }, { kind: second }]);
    },
  );

  it('goes up stream by stream, revision by revision', async () => {
    const streams = Array.from({ length: 5 }, () => aStream());
    const { position } = await log.head();
    await Promise.all(
      streams.map(async (stream) => {
        for (let revision = -1; revision < 10; revision++)
          await log.append(stream, revision < 0 ? 'no-stream' : revision, [anEvent()]);
      }),
    );
    const events = await collect(log.readAll({ after: position }));
    expect(events.map((event) => event.position - position)).toEqual(
      events.map((_, index) => BigInt(index + 1)),
    );
    for (const stream of streams)
      expect(events.filter((event) => event.stream === stream).map(({ revision }) => revision)).toEqual(
        Array.from({ length: 11 }, (_, revision) => revision),
      );
  });

  it('does not let recordedAt fall when the clock steps back', async () => {
    const tomorrow = Date.now() + 86_400_000;
    await withClient(database.ownerUrl, (owner) =>
      owner.query(
        `insert into event_log.events
         select max(position) + 1, $1, gen_random_uuid(), 0, $2, 'Tested', '{}', '{}' from event_log.events`,
        [tomorrow, aStream()],
      ),
    );
    const [alone, together, apart] = [aStream(), aStream(), aStream()];
    await log.append(alone, 'no-stream', [anEvent()]);
    await log.append(together, 'no-stream', someEvents(2));
    await appendEach([apart, aStream()]);
    for (const stream of [alone, together, apart])
      expect((await log.loadStream(stream))[0]?.recordedAt).toBe(tomorrow);
  });
});

describe('a log that was restored from an older backup', () => {
  let database: TestDatabase;
  let log: PostgresEventLog;
  beforeAll(async () => {
    database = await startDatabase();
    log = new PostgresEventLog(database.commandUrl, { pollIntervalMs: 50 });
    await log.append(aStream(), 'no-stream', someEvents(10));
  });
  afterAll(async () => {
    await log.close();
    await database.drop();
  });

  const loseEventsAfter = (position: bigint) =>
    withClient(database.ownerUrl, (owner) =>
      owner.query('delete from event_log.events where position > $1', [position]),
    );

  it('stops a subscription that waits beyond its end', async () => {
    const follower = new Follower((signal) => log.subscribe({ after: 0n }, signal));
    await follower.reached(10n);
    await loseEventsAfter(7n);
    await expect(follower.ended).rejects.toThrow(LogReplaced);
  });

  it('stops a subscription when it was written on', async () => {
    await log.append(aStream(), 'no-stream', someEvents(3));
    const follower = new Follower((signal) => log.subscribe({ after: 5n }, signal));
    await follower.reached(10n);
    await withClient(database.ownerUrl, async (owner) => {
      await owner.query('begin');
      await owner.query('delete from event_log.events where position > 8');
      await owner.query(
        `insert into event_log.events
         select n, 0, gen_random_uuid(), 0, 'test-' || n, 'Tested', '{}', '{}' from generate_series(9, 12) n`,
      );
      await owner.query('commit');
    });
    await log.append(aStream(), 'no-stream', [anEvent()]);
    await expect(follower.ended).rejects.toThrow(/position 10 .* is not there any more/);
  });
});
