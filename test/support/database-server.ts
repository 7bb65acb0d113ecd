import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, chmod, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startPostgres, stopPostgres, superuser } from '../../apps/cli/embedded-postgres/index.js';

/** A PostgreSQL of one's own, with data in a temporary directory that goes when it stops. */
export interface DatabaseServer {
  readonly superuserUrl: string;
  /** As a machine that loses power, but for the disk's cache. */
  kill(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export async function startDatabaseServer(): Promise<DatabaseServer> {
  const home = await mkdtemp(join(tmpdir(), 'kontor-test-'));
  await chmod(home, 0o755);
  const directory = join(home, 'postgres');
  clearWhenWeDie(home);
  const [port, password] = [await freePort(), 'superuser'];
  let server: ChildProcess = await startPostgres({ directory, port, password });
  return {
    superuserUrl: `postgres://${superuser}:${password}@127.0.0.1:${port}/postgres`,
    kill: async () => {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGKILL');
      await ended;
    },
    restart: async () => {
      server = await startPostgres({ directory, port, password });
    },
    stop: async () => {
      await stopPostgres(server, directory);
      await rm(home, { recursive: true });
    },
  };
}

/** A test run may be interrupted or killed: a shell that waits for the end of our pipe then stops the server, which would stay. */
function clearWhenWeDie(home: string): void {
  const script = `cat; kill -INT "$(head -n 1 "$0/postgres/postmaster.pid")" && sleep 1; rm -rf "$0"`;
  const shell = spawn('sh', ['-c', script, home], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  shell.unref();
  if (shell.stdin && 'unref' in shell.stdin && typeof shell.stdin.unref === 'function') shell.stdin.unref();
}
