import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InMemoryEventLog } from '#kontor/event-store';
import type { TestDatabase } from '../support/database.js';
import { startRunner } from './running.js';
import {
  appendScript,
  counted,
  scripted,
  startScriptedDatabase,
  storedRows,
  withClient,
} from './scripted-projection.js';

describe('A runner', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await startScriptedDatabase();
  });
  afterAll(() => database.drop());

  it.each([
    { title: 'a small batch', events: 1 },
    { title: 'a batch that is written by itself', events: 600 },
  ])('announces where a projection has come to, when its rows can be seen: $title', async ({ events }) => {
    const name = `announcing_${events}`;
    const log = new InMemoryEventLog();
    let last = 0n;
    for (let n = 0; n < events; n++) last = await appendScript(log, 'customer-1', [counted(name)]);
    await withClient(database.queryUrl, async (listener) => {
      const heard = new Promise<unknown>((hear) =>
        listener.on('notification', ({ payload = '' }) => {
          const told = JSON.parse(payload) as [string, string][];
          if (told.some(([projection, position]) => projection === name && position === String(last)))
            hear(storedRows(database.projectorUrl));
        }),
      );
      await listener.query('LISTEN read_models');
      const running = startRunner({ log, databaseUrl: database.projectorUrl, projections: [scripted(name)] });
      const rows = await Promise.race([heard, pause(10_000, undefined, { ref: false })]);
      await running.stop();
      expect(rows).toContainEqual(expect.objectContaining({ id: name, count: String(events) }));
    });
  });
});
