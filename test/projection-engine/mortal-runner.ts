/** A runner in a process of its own that dies before its n-th statement: mortal-runner.ts <database URL> <n> */
import pg from 'pg';
import { openEventLog } from '#kontor/event-store';
import { PostgresRunner } from '#kontor/read-models';
import { scripted } from './scripted-projection.js';

const [url = '', fatal = ''] = process.argv.slice(2);

let statements = 0;
pg.Client.prototype.query = new Proxy(pg.Client.prototype.query, {
  apply(query, client, [statement, ...rest]) {
    const isReading = !(typeof statement === 'string') || statement.includes('event_log');
    if (!isReading && ++statements === Number(fatal)) process.kill(process.pid, 'SIGKILL');
    return Reflect.apply(query, client, [statement, ...rest]) as unknown;
  },
});

await new PostgresRunner({
  log: await openEventLog(url),
  databaseUrl: url,
  projections: [scripted('mortal')],
  bounds: { events: 2, size: 1_000_000 },
  lockRetryMs: 20,
}).run(new AbortController().signal);
