import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { shippedFile } from '../../apps/cli/stack/shipped-file.js';

const manifest = shippedFile('bench/package.json');

/** The peers have a package.json and a lock of their own: who doesn't measure doesn't install them. */
const requirePeer = createRequire(manifest);

/** Loads a peer's package. What is used of it is written down where it is used: no check of ours needs it installed. */
export const loadPeer = (name: string): unknown => requirePeer(name);

/** Installs what bench/package.json names, unless it is there. */
export async function installPeers(say: (line: string) => void): Promise<void> {
  const { dependencies } = await readJson<{ dependencies: Record<string, string> }>(manifest);
  const installed = await Promise.all(
    Object.entries(dependencies).map(async ([name, version]) => (await versionOf(name)) === version),
  );
  if (installed.every(Boolean)) return;
  say('installing what Kontor is measured against (npm ci --prefix bench)');
  await promisify(execFile)('npm', ['ci', '--prefix', dirname(manifest)]);
}

/** The installed version; undefined where there is none. */
export async function versionOf(name: string): Promise<string | undefined> {
  const file = join(dirname(manifest), 'node_modules', name, 'package.json');
  return (await readJson<{ version: string }>(file).catch(() => undefined))?.version;
}

const readJson = async <Content>(file: string): Promise<Content> =>
  JSON.parse(await readFile(file, 'utf8')) as Content;
