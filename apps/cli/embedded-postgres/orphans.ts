import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Stands in the title of each process of the server, and tells the servers of a machine apart. */
export const clusterName = (directory: string): string =>
  `kontor-${createHash('sha256').update(directory).digest('hex').slice(0, 16)}`;

/**
 * Ends the sessions of a server that was killed. One that is busy does not notice, goes on to the end of its query, and keeps the
 * server from starting again for as long; nobody will get its answer. Not to be called while the server runs.
 */
export async function endOrphans(directory: string): Promise<void> {
  if (process.platform === 'win32') return;
  const title = `postgres: ${clusterName(directory)}:`;
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,args='], { maxBuffer: 64 * 1024 * 1024 });
  for (const line of stdout.split('\n')) {
    const [, pid, command] = /^\s*(\d+) (.*)$/.exec(line) ?? [];
    if (command?.startsWith(title)) endIfThere(Number(pid));
  }
}

function endIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (failure) {
    const isGone = failure instanceof Error && 'code' in failure && failure.code === 'ESRCH';
    if (!isGone) throw failure;
  }
}
