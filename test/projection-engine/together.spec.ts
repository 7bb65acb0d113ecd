import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InMemoryEventLog } from '#kontor/event-store';
import type { TestDatabase } from '../support/database.js';
import { startRunner } from './running.js';
import { appendScript, counted, scripted, startScriptedDatabase, withClient } from './scripted-projection.js';

describe('Projections of one process', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await startScriptedDatabase();
  });
  afterAll(() => database.drop());

  it('move in one transaction, as long as they have little to write', async () => {
    const log = new InMemoryEventLog();
    const projections = [scripted('first'), scripted('second'), scripted('third')];
    const running = startRunner({ log, databaseUrl: database.projectorUrl, projections });
    await running.reach(await appendScript(log, 'customer-1', [counted('some')]));
    await running.reach(await appendScript(log, 'customer-1', [counted('some')]));
    await running.stop();
    await withClient(database.projectorUrl, async (client) => {
      const { rows } = await client.query(`
        SELECT position, count(*)::integer AS projections FROM read_models.checkpoints GROUP BY position, xmin`);
      expect(rows).toEqual([{ position: '2', projections: 3 }]);
    });
  });
});
