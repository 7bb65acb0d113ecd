import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { LogUnavailable } from '#kontor/event-store';
import { EventStoreDbEventLog } from '#kontor/event-store/eventstoredb';
import { EventStoreDbStandIn, failures } from '../../stand-ins/eventstoredb/index.js';
import { anEvent } from '../../support/events.js';
import { aStream } from '../contract.js';
import { positionOf } from './wire-faults.js';

describe('Appends to EventStoreDB (a stand-in)', () => {
  let standIn: EventStoreDbStandIn;
  let log: EventStoreDbEventLog;
  const open = () => new EventStoreDbEventLog(standIn.url, { tryMs: 600, deadlineMs: 20_000 });
  beforeAll(async () => {
    standIn = await EventStoreDbStandIn.start();
  });
  beforeEach(() => {
    log = open();
  });
  afterEach(() => log.close());
  afterAll(() => standIn.stop());

  it('never take the batch path, which can end the process', async () => {
    await log.append(aStream(), 'no-stream', [anEvent()]);
    await log.head();
    expect(standIn.calls.append).toBeGreaterThan(0);
    expect(standIn.calls.batchAppend).toBe(0);
  });

  it('have one effect and the first answer when the reply is lost', async () => {
    const stream = aStream();
    const event = anEvent();
    await log.head();
    standIn.loseNextReply();
    const outcome = await log.append(stream, 'no-stream', [event]);
    const [stored, ...others] = await log.loadStream(stream);
    expect(others).toEqual([]);
    expect(outcome).toEqual({ kind: 'appended', repeated: false, revision: 0, position: stored?.position });
  });

  it.each([
    { title: 'the server is unavailable', failure: failures.unavailable },
    { title: 'the server is not ready after a restart', failure: failures.notReady },
    { title: 'the stream was reset', failure: failures.resetStream },
    { title: 'the call was cancelled', failure: failures.cancelled },
    { title: 'the server wants its caller to calm down', failure: failures.calmDown },
  ])('are tried again with the same ids when $title', async ({ failure }) => {
    const stream = aStream();
    const event = anEvent();
    await log.head();
    standIn.failNext('append', failure(), failure(), failure());
    expect(await log.append(stream, 'no-stream', [event])).toMatchObject({ kind: 'appended', revision: 0 });
    expect(await log.loadStream(stream)).toMatchObject([event]);
  });

  it('are given more time when they need it', async () => {
    const hasty = new EventStoreDbEventLog(standIn.url, { tryMs: 50, deadlineMs: 20_000 });
    standIn.answersAfterMs = 300;
    const stream = aStream();
    expect(await hasty.append(stream, 'no-stream', [anEvent()])).toMatchObject({ kind: 'appended' });
    standIn.answersAfterMs = 0;
    expect(standIn.log.stream(stream)).toHaveLength(1);
    await hasty.close();
  });

  it('follow the leader to where it is said to be', async () => {
    const leader = await EventStoreDbStandIn.start();
    await log.head();
    standIn.failNext('append', failures.notLeader('127.0.0.1', leader.port));
    const stream = aStream();
    await log.append(stream, 'no-stream', [anEvent()]);
    expect(leader.log.stream(stream)).toHaveLength(1);
    await leader.stop();
  });

  it('are not tried again when access is denied', async () => {
    await log.head();
    const { append } = standIn.calls;
    standIn.failNext('append', failures.accessDenied());
    await expect(log.append(aStream(), 'no-stream', [anEvent()])).rejects.toThrow(/401/);
    expect(standIn.calls.append).toBe(append + 1);
  });

  it('of more than the server takes are refused whole', async () => {
    const stream = aStream();
    const large = anEvent({ data: JSON.stringify('x'.repeat(600_000)) });
    await expect(
      log.append(stream, 'no-stream', [large, { ...large, eventId: anEvent().eventId }]),
    ).rejects.toThrow(/Maximum Append Size/);
    expect(await log.loadStream(stream)).toEqual([]);
  });

  it('that another process has in flight are dropped by the server, and answered when they are tried again', async () => {
    const other = open();
    const stream = aStream();
    const event = anEvent();
    await Promise.all([log.head(), other.head()]);
    standIn.holdAppends();
    const { append } = standIn.calls;
    const both = [log, other].map((each) => each.append(stream, 'no-stream', [event]));
    await standIn.received('append', append + 2);
    standIn.releaseAppends();
    const outcomes = await Promise.all(both);
    const [stored, ...others] = standIn.log.stream(stream);
    expect(others).toEqual([]);
    expect(outcomes.map(positionOf)).toEqual([stored?.position, stored?.position]);
    await other.close();
  });

  it('survive a stop and a restart of the server, each stored once', async () => {
    let isOver = false;
    const writers = Array.from({ length: 16 }, async () => {
      const stream = aStream();
      const ids: string[] = [];
      while (!isOver) {
        const event = anEvent();
        const expected = ids.length === 0 ? ('no-stream' as const) : ids.length - 1;
        expect(await log.append(stream, expected, [event])).toMatchObject({ kind: 'appended' });
        ids.push(event.eventId);
      }
      return { stream, ids };
    });
    for (let restart = 0; restart < 5; restart++) {
      const { append } = standIn.calls;
      await standIn.received('append', append + 100);
      await standIn.stop();
      await standIn.restart();
    }
    isOver = true;
    for (const { stream, ids } of await Promise.all(writers))
      expect(standIn.log.stream(stream).map(({ id }) => id)).toEqual(ids);
  });

  it('are recognised by a process that starts later', async () => {
    const stream = aStream();
    const event = anEvent();
    const first = await log.append(stream, 'no-stream', [event]);
    await log.append(stream, 0, [anEvent()]);
    const later = open();
    expect(await later.append(stream, 'no-stream', [event])).toEqual({ ...first, repeated: true });
    expect(await later.append(stream, 1, [event])).toMatchObject({ kind: 'event-id-taken', revision: 0 });
    await later.close();
  });

  it('under way are answered or rejected when the log is closed', async () => {
    const closing = open();
    await closing.head();
    standIn.holdAppends();
    const { append } = standIn.calls;
    const appended = closing.append(aStream(), 'no-stream', [anEvent()]);
    await standIn.received('append', append + 1);
    const outcome = appended.catch((error: unknown) => error);
    await closing.close();
    expect(await outcome).toBeInstanceOf(LogUnavailable);
    await expect(closing.append(aStream(), 'no-stream', [anEvent()])).rejects.toThrow(LogUnavailable);
    standIn.releaseAppends();
  });
});
