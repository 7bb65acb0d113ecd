import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { findBinaries } from './binaries.js';
import { initialiseDataDirectory, clearAfterKilledServer } from './data-directory.js';
import { clusterName } from './orphans.js';
import { findServerUser } from './server-user.js';
import { settings } from './settings.js';

const run = promisify(execFile);

export interface PostgresServerOptions {
  /** Data directory; made on the first start. */
  readonly directory: string;
  readonly port: number;
  /** Of the superuser; counts on the first start only. */
  readonly password: string;
  /** On top of the shipped ones. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Receives each line of the server's log. */
  readonly log?: (line: string) => void;
}

/**
 * Starts the PostgreSQL that npm installed and resolves to its process when it accepts connections, also after a crash.
 * The process leads a group of its own, so that Ctrl-C on the terminal reaches the caller alone, who stops it last.
 * Rejects with the last lines of the server's log if it ends first.
 */
export async function startPostgres(options: PostgresServerOptions): Promise<ChildProcess> {
  const { directory, port, password, log } = options;
  const [binaries, user] = await Promise.all([findBinaries(), findServerUser()]);
  await initialiseDataDirectory(directory, password, binaries, user);
  await clearAfterKilledServer(directory);

  const all = Object.entries({
    ...settings,
    ...options.settings,
    port: String(port),
    cluster_name: clusterName(directory),
  });
  const server = spawn(
    binaries.postgres,
    ['-D', directory, ...all.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { ...user, cwd: directory, detached: true, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const lastLines: string[] = [];
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.once('close', (code, signal) => {
      reject(new Error(`PostgreSQL ended (${signal ?? code}) before it was ready:\n${lastLines.join('\n')}`));
    });
    createInterface({ input: server.stderr }).on('line', (line) => {
      log?.(line);
      if (lastLines.push(line) > 20) lastLines.shift();
      if (line.includes('database system is ready to accept connections')) resolve();
    });
  });
  return server;
}

/** Ends a server that `startPostgres` started: open sessions are cut off, everything committed stays. */
export async function stopPostgres(server: ChildProcess, directory: string): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  await stopPostgresIn(directory);
  await ended;
}

/** Ends the server that runs in a data directory, whoever started it: one that outlived a killed supervisor. */
export async function stopPostgresIn(directory: string): Promise<void> {
  const [binaries, user] = await Promise.all([findBinaries(), findServerUser()]);
  const isRunning = await run(binaries.pg_ctl, ['status', '-D', directory], {
    ...user,
    cwd: dirname(directory),
  }).then(
    () => true,
    () => false,
  );
  if (!isRunning) return;
  await run(binaries.pg_ctl, ['stop', '-D', directory, '-m', 'fast', '-w', '-t', '30'], {
    ...user,
    cwd: dirname(directory),
  });
}

/** A port that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (!address || typeof address === 'string') throw new Error('no TCP port was given');
  return address.port;
}
