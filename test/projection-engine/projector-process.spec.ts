import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openEventLog } from '#kontor/event-store';
import { projections } from '#kontor/read-models';
import { freePort } from '../../apps/cli/embedded-postgres/index.js';
import { startDatabase, type TestDatabase } from '../support/database.js';
import { appendScript, withClient } from './scripted-projection.js';

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

describe('The projector', () => {
  let database: TestDatabase;
  let port: number;
  beforeAll(async () => {
    [database, port] = await Promise.all([startDatabase(), freePort()]);
    const log = await openEventLog(database.ownerUrl);
    await appendScript(log, 'customer-1', [], 'OfAnotherVersion');
    await log.close();
  });
  afterAll(() => database.drop());

  const start = (): ChildProcess =>
    spawn(
      process.execPath,
      [
        '--import',
        here('../support/typescript.mjs'),
        '--conditions',
        'source',
        here('../../apps/projector/main.ts'),
      ],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: {
          ...process.env,
          KONTOR_EVENT_STORE_URL: database.projectorUrl,
          KONTOR_DATABASE_URL: database.projectorUrl,
          KONTOR_PROJECTOR_PORT: String(port),
          NODE_ENV: 'development',
        },
      },
    );
  const get = (path: string): Promise<Response> => fetch(`http://127.0.0.1:${port}${path}`);

  it('is ready when it keeps up, tells lag and parked events, and gives its locks back when it is told to end', async () => {
    const projector = start();
    const ended = once(projector, 'exit');
    await until(
      async () =>
        (await get('/health/ready')).ok && /parked_events.* 1\b/.test(await (await get('/metrics')).text()),
    );

    const metrics = await (await get('/metrics')).text();
    for (const { name } of projections) {
      expect(metrics).toContain(`kontor_projection_lag_events{projection="${name}"} 0`);
      expect(metrics).toContain(`kontor_projection_position{projection="${name}"} 1`);
      expect(metrics).toContain(`kontor_projection_parked_events{projection="${name}"} 1`);
    }
    projector.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    await withClient(database.superuserUrl, async (client) => {
      const { rows } = await client.query(
        `SELECT FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      );
      expect(rows).toEqual([]);
    });
  }, 60_000);

  it('ends with code 1 and says why when the log is not the one that it has read', async () => {
    await withClient(database.projectorUrl, (client) =>
      client.query(`UPDATE read_models.checkpoints SET log_id = 'another'`),
    );
    const projector = start();
    const [output, [code]] = await Promise.all([
      projector.stdout ? text(projector.stdout) : '',
      once(projector, 'exit'),
    ]);
    expect(code).toBe(1);
    expect(output).toContain('was made from log another');
  }, 60_000);
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds().catch(() => false))) await pause(50);
}
