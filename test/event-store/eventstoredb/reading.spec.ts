import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import v8 from 'node:v8';
import vm from 'node:vm';
import { LogReplaced } from '#kontor/event-store';
import { EventStoreDbEventLog } from '#kontor/event-store/eventstoredb';
import { EventStoreDbStandIn } from '../../stand-ins/eventstoredb/index.js';
import { anEvent, someEvents } from '../../support/events.js';
import { collect } from '../../support/iterables.js';
import { Follower } from '../../support/subscriptions.js';
import { positionOf } from './wire-faults.js';

describe('Reads from EventStoreDB (a stand-in)', () => {
  let standIn: EventStoreDbStandIn;
  let log: EventStoreDbEventLog;
  const open = (changes = {}) =>
    new EventStoreDbEventLog(standIn.url, { tryMs: 600, deadlineMs: 20_000, watchMs: 100, ...changes });
  beforeEach(async () => {
    standIn = await EventStoreDbStandIn.start();
    log = open();
  });
  afterEach(async () => {
    await log.close();
    await standIn.stop();
  });

  it('leave out the events of the server and the identity of the log', async () => {
    const { logId } = await log.head();
    const outcome = await log.append('order-1', 'no-stream', [anEvent()]);
    for (let n = 0; n < 50; n++) standIn.appendSystemEvent();
    expect(await log.head()).toEqual({ position: positionOf(outcome), logId });
    expect(await collect(log.readAll())).toHaveLength(1);
    expect(await collect(log.readAll({ direction: 'backwards' }))).toHaveLength(1);
    expect(standIn.log.stream('kontor-log')).toHaveLength(1);
  });

  it('find the log empty, at position 0', async () => {
    expect(await log.head()).toMatchObject({ position: 0n });
    expect(await collect(log.readAll())).toEqual([]);
  });

  it('give every process the same identity, whoever asks first', async () => {
    const others = Array.from({ length: 5 }, () => open());
    const heads = await Promise.all(others.map((each) => each.head()));
    expect(new Set(heads.map(({ logId }) => logId)).size).toBe(1);
    await Promise.all(others.map((each) => each.close()));
  });

  it('find the event at a position by reading from the one before it', async () => {
    for (const stream of ['order-1', 'order-2']) await log.append(stream, 'no-stream', someEvents(3));
    for (const event of await collect(log.readAll()))
      expect(await collect(log.readAll({ after: event.position - 1n, limit: 1 }))).toEqual([event]);
  });

  it('report positions of events alone, though a filter passed over thousands', async () => {
    const first = await log.append('order-1', 'no-stream', someEvents(3));
    const last = await log.append('other-1', 'no-stream', someEvents(1200));
    standIn.appendSystemEvent();
    const end = new AbortController();
    const filter = { streamPrefixes: ['order-'] };
    for await (const { position, caughtUp } of log.subscribe(
      { after: 0n, filter, batchSize: 2 },
      end.signal,
    )) {
      const seen = standIn.log.all.find((record) => record.position === position);
      expect(seen?.stream).toMatch(/^(order|other)-1$/);
      if (caughtUp) break;
      expect(position <= positionOf(first)).toBe(true);
    }
    const follower = new Follower((signal) => log.subscribe({ after: 0n, filter }, signal));
    await follower.reached(positionOf(last));
    await follower.stop();
  });

  it('never let recordedAt decrease when a clock is set back, wherever a reader starts', async () => {
    const now = Date.now();
    for (const [n, clock] of [0, 5000, 1000, 2000, 7000, 3000].entries()) {
      standIn.log.now = () => now + clock;
      await log.append(`order-${n}`, 'no-stream', [anEvent()]);
    }
    const all = await collect(log.readAll());
    expect(all.map(({ recordedAt }) => recordedAt - now)).toEqual([0, 5000, 5000, 5000, 7000, 7000]);
    for (const [index, { position }] of all.entries()) {
      const later = open();
      expect(await collect(later.readAll({ after: position }))).toEqual(all.slice(index + 1));
      await later.close();
    }
    expect(await collect(log.readAll({ direction: 'backwards' }))).toEqual(all.toReversed());
  });

  it('stop loudly when an older backup was restored under a subscriber', async () => {
    await log.append('order-1', 'no-stream', someEvents(5));
    const { position } = await log.head();
    const follower = new Follower((signal) => log.subscribe({ after: 0n }, signal));
    await follower.reached(position);
    await standIn.stop();
    standIn.log.restore(4);
    await standIn.restart();
    await expect(follower.ended).rejects.toThrow(LogReplaced);
  });

  it('stop loudly when the log was written on after the restore', async () => {
    await log.append('order-1', 'no-stream', someEvents(5));
    const { position } = await log.head();
    const follower = new Follower((signal) => log.subscribe({ after: 0n }, signal));
    await follower.reached(position);
    await standIn.stop();
    const lost = standIn.log.all.slice(4);
    standIn.log.restore(4);
    // As large as what was lost, so that its positions come again.
    for (const record of lost)
      standIn.log.append(`other-${record.revision}`, 'no-stream', [{ ...record, id: randomUUID() }]);
    await standIn.restart();
    expect(standIn.log.all.some((record) => record.position === position)).toBe(true);
    await expect(follower.ended).rejects.toThrow(LogReplaced);
  });

  it('share one live subscription among all subscribers', async () => {
    const { position } = await log.append('order-1', 'no-stream', [anEvent()]).then(positionAnd);
    const followers = Array.from(
      { length: 120 },
      () => new Follower((signal) => log.subscribe({ after: 0n }, signal)),
    );
    await Promise.all(followers.map((follower) => follower.reached(position)));
    const { read } = standIn.calls;
    const last = await log.append('order-2', 'no-stream', someEvents(300));
    await Promise.all(followers.map((follower) => follower.reached(positionOf(last))));
    expect(standIn.calls.read - read).toBeLessThan(20);
    await Promise.all(followers.map((follower) => follower.stop()));
  });

  it('hold no more memory for a consumer that stands still', async () => {
    const small = open({ keptEvents: 50 });
    await small.append('order-0', 'no-stream', [anEvent()]);
    const end = new AbortController();
    const batches = small.subscribe({ after: 0n, batchSize: 10 }, end.signal)[Symbol.asyncIterator]();
    await batches.next();
    const writer = open();
    const write = async (from: number, to: number) => {
      for (let n = from; n < to; n++) {
        const data = JSON.stringify(`${n}`.padEnd(10_000));
        await writer.append(
          `order-${n}`,
          'no-stream',
          Array.from({ length: 20 }, () => anEvent({ data })),
        );
      }
    };
    await write(1, 11);
    const before = heapUsed();
    await write(11, 41);
    expect(heapUsed() - before).toBeLessThan(3_000_000);
    let count = 1;
    while (count < 801) count += (await batches.next()).value.events.length;
    expect(count).toBe(801);
    end.abort();
    await Promise.all([small.close(), writer.close()]);
  });

  it('leave nothing behind of failed connections', async () => {
    const stubborn = open({ deadlineMs: 50 });
    const fail = async (times: number) => {
      for (let n = 0; n < times; n++) await stubborn.loadStream('order-1').catch(() => undefined);
    };
    await standIn.stop();
    await fail(30);
    const before = heapUsed();
    await fail(60);
    expect(heapUsed() - before).toBeLessThan(1_000_000);
    await stubborn.close();
    await standIn.restart();
  });
});

const positionAnd = (outcome: Parameters<typeof positionOf>[0]) => ({ position: positionOf(outcome) });

/** Bytes in use, after what nobody holds was collected. */
function heapUsed(): number {
  v8.setFlagsFromString('--expose-gc');
  const collectGarbage = vm.runInNewContext('gc') as () => void;
  collectGarbage();
  return process.memoryUsage().heapUsed;
}
