/**
 * How long the projections take to catch up with a log of 50,000 events and 216 MB, and a rebuild with it.
 *
 *     node --conditions=source --import ./test/support/typescript.mjs test/projection-engine/catch-up/measure.ts
 */
import pg from 'pg';
import { openEventLog } from '#kontor/event-store';
import {
  PostgresRunner,
  projections,
  rebuild,
  reportingViews,
  verify,
  waitForPosition,
} from '#kontor/read-models';
import { startDatabaseServer } from '../../support/database-server.js';
import { startDatabase } from '../../support/database.js';
import { appendHistory } from './wholesale-log.js';

const ORDERS = 20_000;
const ROUNDS = Number(process.env.ROUNDS ?? 3);

const server = process.env.SUPERUSER_URL ? undefined : await startDatabaseServer();
const database = await startDatabase(process.env.SUPERUSER_URL ?? server?.superuserUrl);
const writing = openEventLog(database.ownerUrl);
const events = await appendHistory(writing, ORDERS);
await writing.close();
const log = openEventLog(database.projectorUrl);
const { position } = await log.head();
const pool = new pg.Pool({ connectionString: database.projectorUrl, max: 1 });
const { rows } = await pool.query(
  `SELECT sum(length(data) + length(metadata))::bigint / 1000000 AS megabytes FROM event_log.events`,
);
console.log(`${events} events, ${rows[0].megabytes} MB`);
await pool.query('VACUUM ANALYZE event_log.events').catch(() => {});

for (let round = 0; round < ROUNDS; round++) {
  await pool.query('DELETE FROM read_models.checkpoints');
  const stop = new AbortController();
  const spent = new Map<string, number>();
  const runner = new PostgresRunner({
    log,
    databaseUrl: database.projectorUrl,
    projections,
    viewStatements: reportingViews,
    onBatch: ({ projection, milliseconds }) =>
      spent.set(projection, (spent.get(projection) ?? 0) + milliseconds),
    onTrouble: (where, error) => console.error(where, error),
  });
  const begun = performance.now();
  const cpu = process.cpuUsage();
  const running = runner.run(stop.signal);
  await waitForPosition(
    pool,
    projections.map(({ name }) => name),
    position,
    { timeoutMs: 300_000 },
  );
  const seconds = (performance.now() - begun) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  stop.abort();
  await running;
  console.log(
    `catch-up: ${seconds.toFixed(2)} s, ${Math.round(events / seconds)} events/s, node ${((user + system) / 1e6).toFixed(2)} s of CPU, ` +
      [...spent].map(([name, ms]) => `${name} ${(ms / 1000).toFixed(1)}`).join(', '),
  );
}
if (!process.env.ONLY_CATCH_UP)
  for (const projection of projections) {
    let begun = performance.now();
    await rebuild(projection, { log, databaseUrl: database.projectorUrl, viewStatements: reportingViews });
    const rebuilt = (performance.now() - begun) / 1000;
    begun = performance.now();
    const { equal } = await verify(projection, { log, databaseUrl: database.projectorUrl });
    console.log(
      `${projection.name}: rebuilt in ${rebuilt.toFixed(2)} s, verified in ${((performance.now() - begun) / 1000).toFixed(2)} s: ${equal ? 'equal' : 'DIFFERENT'}`,
    );
  }
console.log(`most memory: ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
await pool.end();
await log.close();
await database.drop();
await server?.stop();
