import { execFile } from 'node:child_process';
import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Binaries } from './binaries.js';
import { endOrphans } from './orphans.js';
import { handOver, requireReachable, type ServerUser } from './server-user.js';

const run = promisify(execFile);

/** Name of the server's superuser. */
export const superuser = 'postgres';

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/**
 * Makes the data directory, with one superuser of the given password, unless it is there. It is built under another name
 * and renamed when complete: what a killed first try left is thrown away.
 */
export async function initialiseDataDirectory(
  directory: string,
  password: string,
  binaries: Binaries,
  user: ServerUser,
): Promise<void> {
  await mkdir(dirname(directory), { recursive: true });
  await requireReachable(user, dirname(directory));
  await requireReachable(user, binaries.postgres);
  if (await exists(join(directory, 'PG_VERSION'))) return;

  const unfinished = `${directory}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  await handOver(user, unfinished);
  const passwordFile = `${directory}.password`;
  await writeFile(passwordFile, password, { mode: 0o600 });
  await handOver(user, passwordFile);
  try {
    await run(
      binaries.initdb,
      [
        `--pgdata=${unfinished}`,
        `--username=${superuser}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        // Whoever comes to the end of a segment makes the next one, and all others wait: 16 MB would take 40 ms.
        '--wal-segsize=1',
        // The same order and the same case rules on every machine.
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--locale=C',
      ],
      { ...user, cwd: unfinished },
    );
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(unfinished, directory);
}

/**
 * Clears away what a killed server left. PostgreSQL removes its file with the process id itself unless the number now belongs to
 * another process, as it often does in a container that was started again.
 */
export async function clearAfterKilledServer(directory: string): Promise<void> {
  const file = join(directory, 'postmaster.pid');
  const text = await readFile(file, 'utf8').catch(() => '');
  const pid = Number(text.split('\n')[0]);
  if (pid && (await isPostgres(pid))) return;
  await endOrphans(directory);
  await rm(file, { force: true });
}

async function isPostgres(pid: number): Promise<boolean> {
  if (process.platform === 'win32') return true;
  try {
    const { stdout } = await run('ps', ['-p', String(pid), '-o', 'args=']);
    return stdout.includes('postgres');
  } catch (error) {
    const psAnswered = error instanceof Error && 'code' in error && error.code === 1;
    return !psAnswered;
  }
}
