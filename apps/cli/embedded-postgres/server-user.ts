import { execFile } from 'node:child_process';
import { chown } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Ids that a program is started under; none where the present user will do. */
export interface ServerUser {
  readonly uid?: number;
  readonly gid?: number;
}

/**
 * PostgreSQL refuses to run as root. There, it runs as a user that the machine has already; no user is ever made.
 * Under Windows and as a plain user nothing needs to change.
 */
export async function findServerUser(): Promise<ServerUser> {
  if (process.getuid?.() !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    const ids = await idsOf(name);
    if (ids) return ids;
  }
  throw new Error('PostgreSQL does not run as root, and there is no user postgres or nobody to run it as.');
}

async function idsOf(name: string): Promise<Required<ServerUser> | undefined> {
  try {
    const [uid, gid] = await Promise.all(['-u', '-g'].map((flag) => run('id', [flag, name])));
    return { uid: Number(uid?.stdout), gid: Number(gid?.stdout) };
  } catch {
    return undefined;
  }
}

/** Tried, not computed from modes: access lists and namespaces count too. */
export async function requireReachable(user: ServerUser, path: string): Promise<void> {
  if (user.uid === undefined) return;
  try {
    await run('test', ['-x', path], user);
  } catch (cause) {
    throw new Error(
      `PostgreSQL does not run as root, and the user it would run as (uid ${user.uid}) can't reach ${path}. ` +
        'Start as a plain user, or make every directory above it passable (chmod o+x).',
      { cause },
    );
  }
}

export async function handOver(user: ServerUser, path: string): Promise<void> {
  if (user.uid !== undefined && user.gid !== undefined) await chown(path, user.uid, user.gid);
}
