import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ensureOwnedDatabase, startPostgres, stopPostgres, superuser } from '../embedded-postgres/index.js';
import type { Part } from '../supervisor/supervise.js';
import { embeddedUrl, type Passwords } from '../workspace/passwords.js';
import type { Workspace } from '../workspace/workspace.js';

/** Sessions that outlive a killed server hold its memory for a moment; until they are gone it can't start again. */
const LEFTOVERS = /pre-existing shared memory block|lock file "postmaster.pid"/;
const LEFTOVERS_GONE_WITHIN_MS = 20_000;

/** The embedded PostgreSQL with the database `kontor`, as a part to be kept alive. */
export const postgresPart = (workspace: Workspace, port: number, passwords: Passwords): Part => ({
  name: 'PostgreSQL',
  async start(signal) {
    const log = createWriteStream(join(workspace.logs, 'postgres.log'), { flags: 'a', mode: 0o600 });
    const start = () =>
      startPostgres({
        directory: workspace.postgres,
        port,
        password: passwords.postgres,
        log: (line) => log.write(`${line}\n`),
      });
    const server = await untilLeftoversAreGone(start, signal);
    // Sessions that outlive a killed server still write to its log: it ends with the last of them.
    server.once('close', () => log.end());
    const ended = once(server, 'exit').then(([code, killedBy]) =>
      killedBy ? `it was ended by ${killedBy}` : `it ended with code ${code}`,
    );
    const superuserUrl = new URL(embeddedUrl('postgres', passwords, port));
    [superuserUrl.username, superuserUrl.pathname] = [superuser, '/postgres'];
    await ensureOwnedDatabase(superuserUrl.href, 'kontor', passwords.kontor_owner);
    return { ended, stop: () => stopPostgres(server, workspace.postgres) };
  },
});

async function untilLeftoversAreGone<Server>(
  start: () => Promise<Server>,
  signal: AbortSignal,
): Promise<Server> {
  const deadline = Date.now() + LEFTOVERS_GONE_WITHIN_MS;
  for (;;) {
    try {
      return await start();
    } catch (failure) {
      const isLeftover = failure instanceof Error && LEFTOVERS.test(failure.message);
      if (!isLeftover || Date.now() > deadline) throw failure;
      await pause(100, undefined, { signal });
    }
  }
}
