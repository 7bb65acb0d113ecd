import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { InMemoryEventLog, type LogHead } from '#kontor/event-store';
import type { TestDatabase } from '../support/database.js';
import { type Running, startRunner } from './running.js';
import { appendScript, counted, scripted, startScriptedDatabase } from './scripted-projection.js';

/** A log that was restored from a backup, or written on after it: it keeps its identity. */
class RestoredLog extends InMemoryEventLog {
  override async head(): Promise<LogHead> {
    return { ...(await super.head()), logId: 'the log' };
  }
}

async function filled<Log extends InMemoryEventLog>(log: Log, events: number): Promise<Log> {
  for (let number = 0; number < events; number++) await appendScript(log, 'customer-1', [counted('a')]);
  return log;
}

describe('A projector whose read models have seen more or other than the log holds', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await startScriptedDatabase();
    const first = run(await filled(new RestoredLog(), 3));
    await first.reach(3n);
    await first.stop();
  });
  afterAll(() => database.drop());

  let running: Running | undefined;
  afterEach(() => running?.stop().catch(() => {}));
  const run = (log: InMemoryEventLog): Running =>
    (running = startRunner({ log, databaseUrl: database.projectorUrl, projections: [scripted('restored')] }));

  it('stops and names the other log', async () => {
    await expect(run(await filled(new InMemoryEventLog(), 3)).ended).rejects.toThrow(
      /restored was made from log the log, this one is/,
    );
  });

  it('stops and names the position that the log has lost', async () => {
    await expect(run(await filled(new RestoredLog(), 2)).ended).rejects.toThrow(
      /restored has seen the log up to position 3, but it ends at 2/,
    );
  });

  it('stops and names the event that the log no longer has, though it was written on', async () => {
    await expect(run(await filled(new RestoredLog(), 4)).ended).rejects.toThrow(
      /restored has seen event [0-9a-f-]+ at position 3, where the log has/,
    );
  });
});
