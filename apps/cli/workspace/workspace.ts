import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** Everything that Kontor keeps on a development machine stands in one directory. */
export interface Workspace {
  readonly directory: string;
  /** Data of the embedded PostgreSQL. */
  readonly postgres: string;
  readonly passwords: string;
  readonly privateKey: string;
  readonly jwks: string;
  readonly logs: string;
  /** Listened on by the `kontor up` that runs here. */
  readonly socket: string;
  /** Where its parts can be reached. */
  readonly running: string;
}

export function workspaceIn(directory: string): Workspace {
  const inside = (name: string) => resolve(directory, name);
  return {
    directory: resolve(directory),
    postgres: inside('postgres'),
    passwords: inside('passwords.json'),
    privateKey: inside(join('keys', 'development.private.json')),
    jwks: inside(join('keys', 'jwks.json')),
    logs: inside('logs'),
    socket: inside('up.sock'),
    running: inside('running.json'),
  };
}

/** The directories may be passed through, since PostgreSQL may run as another user; what is secret is readable by its owner alone. */
export async function prepareWorkspace(workspace: Workspace): Promise<void> {
  await mkdir(workspace.directory, { recursive: true });
  await chmod(workspace.directory, 0o755);
  await mkdir(join(workspace.privateKey, '..'), { recursive: true, mode: 0o700 });
  await mkdir(workspace.logs, { recursive: true, mode: 0o700 });
}

/** Writes a secret whole or not at all: a reader, or a killed writer, never leaves half a file. */
export async function writeSecret(file: string, content: unknown): Promise<void> {
  const unfinished = `${file}.${randomBytes(4).toString('hex')}`;
  try {
    await writeFile(unfinished, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
    await rename(unfinished, file);
  } catch (failure) {
    await rm(unfinished, { force: true });
    throw failure;
  }
}

/** The content of a JSON file, undefined where there is none. */
export async function readIfThere<Content>(file: string): Promise<Content | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Content;
  } catch (failure) {
    if (failure instanceof Error && 'code' in failure && failure.code === 'ENOENT') return undefined;
    throw failure;
  }
}
