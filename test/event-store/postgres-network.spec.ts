import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type EventLog, LogUnavailable, PostgresEventLog } from '#kontor/event-store';
import { startDatabase, type TestDatabase } from '../support/database.js';
import { anEvent, someEvents } from '../support/events.js';
import { collect } from '../support/iterables.js';
import { withClient } from '../support/raw-client.js';
import { Follower } from '../support/subscriptions.js';
import { startProxy, type TcpProxy } from '../support/tcp-proxy.js';
import { aStream } from './contract.js';

describe('the PostgreSQL log on a bad network', () => {
  let database: TestDatabase;
  let proxy: TcpProxy;
  /** By way of the proxy, with little patience. */
  let log: EventLog;
  let direct: EventLog;
  beforeAll(async () => {
    database = await startDatabase();
    direct = new PostgresEventLog(database.commandUrl);
  });
  afterAll(async () => {
    await direct.close();
    await database.drop();
  });
  beforeEach(async () => {
    proxy = await startProxy(database.commandUrl);
    log = new PostgresEventLog(proxy.url, { deadlineMs: 500, pollIntervalMs: 100 });
  });
  afterEach(async () => {
    await log.close();
    await proxy.close();
  });

  const followFromHead = async () => {
    const { position } = await direct.head();
    const follower = new Follower((signal) => log.subscribe({ after: position }, signal));
    await follower.reached(position);
    return { follower, position };
  };

  const terminate = (condition: string) =>
    withClient(database.superuserUrl, (superuser) =>
      superuser.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid() and ${condition}`,
      ),
    );

  it('appends once where the reply to the commit was lost and the caller tries again', async () => {
    const stream = aStream();
    const event = anEvent();
    proxy.loseReplyTo(stream);
    await expect(log.append(stream, 'no-stream', [event])).rejects.toThrow(LogUnavailable);
    const [stored] = await direct.loadStream(stream);
    expect(stored).toMatchObject(event);
    expect(await log.append(stream, 'no-stream', [event])).toEqual({
      kind: 'appended',
      repeated: true,
      revision: 0,
      position: stored?.position,
    });
    expect(await direct.loadStream(stream)).toHaveLength(1);
  });

  it('ends every call by its deadline when the network falls silent, and works again after', async () => {
    const stream = aStream();
    const callAll = () => [
      log.append(aStream(), 'no-stream', [anEvent()]),
      log.loadStream(stream),
      log.findEvent(anEvent().eventId, [stream]),
      log.head(),
      collect(log.readStream(stream)),
      collect(log.readAll()),
    ];
    await Promise.all(callAll());
    proxy.freeze();
    for (const outcome of await Promise.allSettled(callAll()))
      expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(LogUnavailable) });
    await Promise.all(callAll());
  });

  it('goes on with a subscription whose connections died without a word', async () => {
    const { follower, position } = await followFromHead();
    proxy.freeze();
    await direct.append(aStream(), 'no-stream', someEvents(2));
    await follower.reached(position + 2n);
    expect(follower.events).toEqual(await collect(direct.readAll({ after: position })));
    await follower.stop();
  });

  it('brings every event once through one outage after the other', async () => {
    const { follower, position } = await followFromHead();
    const outages = [
      () => terminate('true'),
      () => proxy.cut(),
      () => terminate('true'),
      () => proxy.freeze(),
    ];
    for (const [index, strike] of outages.entries()) {
      await Promise.resolve(strike());
      const retry = new PostgresEventLog(database.commandUrl);
      await retry.append(aStream(), 'no-stream', someEvents(3));
      await retry.close();
      await follower.reached(position + BigInt(3 * (index + 1)));
    }
    expect(follower.events).toEqual(await collect(log.readAll({ after: position })));
    await follower.stop();
  });

  const listening = () =>
    withClient(database.superuserUrl, async (superuser) => {
      const { rows } = await superuser.query<{ pid: number }>(
        `select pid from pg_stat_activity
         where datname = current_database() and query = 'listen event_log' and state = 'idle'`,
      );
      return rows.map(({ pid }) => pid);
    });

  it('hears of appends long before it would ask', async () => {
    const { position } = await direct.head();
    const listener = new PostgresEventLog(database.commandUrl, { pollIntervalMs: 3_600_000 });
    const follower = new Follower((signal) => listener.subscribe({ after: position }, signal));
    await follower.reached(position);
    while ((await listening()).length === 0);
    await direct.append(aStream(), 'no-stream', [anEvent()]);
    await follower.reached(position + 1n);
    expect(follower.events).toHaveLength(1);
    await listener.close();
    await follower.ended;
  });

  it('notices appends by asking where the listening session was ended', async () => {
    const { follower, position } = await followFromHead();
    await terminate(`query = 'listen event_log'`);
    await direct.append(aStream(), 'no-stream', [anEvent()]);
    await follower.reached(position + 1n);
    expect(follower.events).toHaveLength(1);
    await follower.stop();
  });

  it('notices appends by asking where the listening session hears nothing, and listens anew', async () => {
    const { follower, position } = await followFromHead();
    const before = await listening();
    proxy.freeze('listen event_log');
    let appended = 0n;
    do {
      await direct.append(aStream(), 'no-stream', [anEvent()]);
      await follower.reached(position + ++appended);
    } while ((await listening()).every((pid) => before.includes(pid)));
    expect(follower.events).toEqual(await collect(direct.readAll({ after: position })));
    await follower.stop();
  });

  it('holds back reading, not memory, for a slow consumer', async () => {
    const { position } = await direct.head();
    const data = JSON.stringify('x'.repeat(50_000));
    const appended = Array.from({ length: 40 }, () => {
      const events = Array.from({ length: 10 }, () => anEvent({ data }));
      return direct.append(aStream(), 'no-stream', events);
    });
    await Promise.all(appended);
    const end = new AbortController();
    const batches = log.subscribe({ after: position }, end.signal)[Symbol.asyncIterator]();
    await batches.next();
    for (let n = 0; n < 50; n++) await log.head();
    expect(proxy.bytesReceived).toBeLessThan(200 * 50_000);
    end.abort();
    await batches.next();
  });

  it('tells that the server has no room for another session, and recovers', async () => {
    const limit = (sessions: number) =>
      withClient(database.superuserUrl, (superuser) =>
        superuser.query(`alter database ${superuser.database} connection limit ${sessions}`),
      );
    await limit(0);
    await expect(log.append(aStream(), 'no-stream', [anEvent()])).rejects.toThrow(/too many connections/);
    await limit(-1);
    expect(await log.append(aStream(), 'no-stream', [anEvent()])).toMatchObject({ kind: 'appended' });
  });

  it('rejects calls after it was closed, and finishes those under way', async () => {
    const stream = aStream();
    const underWay = log.append(stream, 'no-stream', [anEvent()]);
    await log.close();
    expect(await underWay).toMatchObject({ kind: 'appended' });
    await expect(log.append(stream, 0, [anEvent()])).rejects.toThrow(LogUnavailable);
    await expect(log.head()).rejects.toThrow(LogUnavailable);
    await expect(collect(log.readAll())).rejects.toThrow(LogUnavailable);
  });
});
