import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openEventLog } from '#kontor/event-store';
import type { TestDatabase } from '../support/database.js';
import { startRunner } from './running.js';
import { appendScript, counted, scripted, startScriptedDatabase, storedRows } from './scripted-projection.js';

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** Resolves to the signal that ended it. */
async function runMortal(url: string, fatalStatement: number): Promise<unknown> {
  const child = spawn(
    process.execPath,
    [
      '--import',
      here('../support/typescript.mjs'),
      '--conditions',
      'source',
      here('mortal-runner.ts'),
      url,
      String(fatalStatement),
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const [, signal] = await once(child, 'exit');
  return signal;
}

describe('A projector that is killed between effect and checkpoint', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await startScriptedDatabase();
  });
  afterAll(() => database.drop());

  it('has applied every event once when another has gone on from there, whichever statement it died before', async () => {
    const writing = await openEventLog(database.ownerUrl);
    const events = 60;
    for (let number = 0; number < events; number++)
      await appendScript(writing, `customer-${number % 3}`, [counted('a')]);

    // Lock, first checkpoint, then batches of five statements: each of them is met.
    for (let fatal = 6; fatal <= 14; fatal++)
      expect(await runMortal(database.projectorUrl, fatal)).toBe('SIGKILL');

    const options = { log: writing, databaseUrl: database.projectorUrl, projections: [scripted('mortal')] };
    const running = startRunner(options);
    await running.reach(BigInt(events));
    await running.stop();
    await writing.close();
    expect(await storedRows(database.projectorUrl)).toMatchObject([{ id: 'a', count: String(events) }]);
  }, 120_000);
});
