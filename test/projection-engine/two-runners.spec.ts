import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InMemoryEventLog } from '#kontor/event-store';
import type { Table } from '#kontor/read-models';
import type { TestDatabase } from '../support/database.js';
import { startRunner } from './running.js';
import {
  appendScript,
  counted,
  scripted,
  type ScriptedRow,
  scriptedRows,
  startScriptedDatabase,
  storedRows,
  withClient,
} from './scripted-projection.js';

describe('Several runners and projections on one database', () => {
  let database: TestDatabase;
  const otherRows: Table<ScriptedRow> = { ...scriptedRows, name: 'other_rows' };
  beforeAll(async () => {
    database = await startScriptedDatabase(otherRows.name);
  });
  afterAll(() => database.drop());

  it('apply each event once, however often the session that holds the lock is terminated', async () => {
    const log = new InMemoryEventLog();
    const options = { log, databaseUrl: database.projectorUrl, projections: [scripted('contended')] };
    const runners = [startRunner(options), startRunner(options)];
    for (let round = 1n; round <= 10n; round++) {
      const appended = [
        appendScript(log, 'customer-1', [counted('a')]),
        appendScript(log, `customer-x${round}`, [counted('a')]),
      ];
      await withClient(database.superuserUrl, (client) =>
        client.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE datname = current_database() AND application_name = 'kontor projector contended'
             AND ($1 OR pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory'))`,
          [round % 3n === 0n],
        ),
      );
      const positions = await Promise.all(appended);
      await runners[0]?.reach(positions.reduce((last, position) => (position > last ? position : last)));
    }
    await Promise.all(runners.map((running) => running.stop()));
    expect(await storedRows(database.projectorUrl)).toContainEqual(
      expect.objectContaining({ id: 'a', count: '20' }),
    );
  });

  it('look again when the checkpoint was moved by somebody else', async () => {
    const log = new InMemoryEventLog();
    const running = startRunner({
      log,
      databaseUrl: database.projectorUrl,
      projections: [scripted('moved')],
    });
    await running.reach(await appendScript(log, 'customer-1', [counted('moved')]));
    await withClient(database.projectorUrl, (client) =>
      client.query(`
        BEGIN;
        UPDATE read_models.checkpoints SET position = 0, event_id = NULL WHERE projection = 'moved';
        DELETE FROM read_models.scripted_rows WHERE id = 'moved';
        COMMIT`),
    );
    await running.reach(await appendScript(log, 'customer-1', [counted('moved')]));
    await running.stop();
    expect(await storedRows(database.projectorUrl)).toContainEqual(
      expect.objectContaining({ id: 'moved', count: '2' }),
    );
  });

  it('do not wait for a projection that begins anew, nor for one whose table somebody holds', async () => {
    const log = new InMemoryEventLog();
    await appendScript(log, 'customer-1', [counted('b')]);
    const [free, held] = [scripted('free', { table: otherRows }), scripted('held')];
    const options = { log, databaseUrl: database.projectorUrl };
    const alone = startRunner({ ...options, projections: [free] });
    await alone.reach(1n);
    await alone.stop();

    const freeIsNoted = Promise.withResolvers<void>();
    const both = startRunner({
      ...options,
      projections: [free, held],
      onBatch: ({ projection }) => {
        if (projection === free.name) freeIsNoted.resolve();
      },
    });
    await both.reach(1n);
    await withClient(database.projectorUrl, async (holder) => {
      await holder.query('BEGIN; LOCK TABLE read_models.scripted_rows IN EXCLUSIVE MODE');
      const last = await appendScript(log, 'customer-1', [counted('b')]);
      await both.reach(last, ['free']);
      // The checkpoint can be read before the runner has noted that its transaction was answered.
      await freeIsNoted.promise;
      expect(both.runner.status).toMatchObject([{ position: last }, { projection: 'held', position: 1n }]);
      await holder.query('COMMIT');
      await both.reach(last);
    });
    await both.stop();
  });
});
