import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventStoreDbEventLog } from '#kontor/event-store/eventstoredb';
import { EventStoreDbStandIn } from '../../stand-ins/eventstoredb/index.js';
import { anEvent } from '../../support/events.js';
import { collect } from '../../support/iterables.js';

describe('EventStoreDB (a stand-in) with TLS and a password', () => {
  let standIn: EventStoreDbStandIn;
  beforeAll(async () => {
    standIn = await EventStoreDbStandIn.start({ name: 'admin', password: 'ch@nge:it' });
  });
  afterAll(() => standIn.stop());

  it('lets in whoever the connection string names', async () => {
    const log = new EventStoreDbEventLog(standIn.url);
    const event = anEvent();
    await log.append('order-1', 'no-stream', [event]);
    expect(await collect(log.readAll())).toMatchObject([event]);
    expect(await log.head()).toMatchObject({ logId: expect.any(String) as unknown });
    expect(standIn.calls.batchAppend).toBe(0);
    await log.close();
  });

  it('turns a wrong password away at once, for appends, reads and subscriptions', async () => {
    const log = new EventStoreDbEventLog(standIn.url.replace('ch%40nge', 'guess'));
    const denied = { type: 'access-denied' };
    await expect(log.append('order-2', 'no-stream', [anEvent()])).rejects.toMatchObject(denied);
    await expect(log.loadStream('order-1')).rejects.toMatchObject(denied);
    await expect(collect(log.subscribe({ after: 0n }, AbortSignal.timeout(10_000)))).rejects.toMatchObject(
      denied,
    );
    await log.close();
  });

  it('keeps its password to itself when it can not be reached', async () => {
    const elsewhere = standIn.url.replace(`:${standIn.port}`, ':1');
    const log = new EventStoreDbEventLog(elsewhere, { deadlineMs: 200 });
    const failure: unknown = await log.loadStream('order-1').catch((error: unknown) => error);
    expect(String(failure)).toContain('localhost:1');
    expect(String(failure)).not.toMatch(/ch(%40|@)nge/);
    await log.close();
  });
});
