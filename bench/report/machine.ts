import { execFile } from 'node:child_process';
import { availableParallelism, cpus, loadavg, platform, release, totalmem } from 'node:os';
import { promisify } from 'node:util';
import { findPgbench } from '../peers/pgbench.js';
import { versionOf } from '../peers/packages.js';
import type { Server } from '../stages/server.js';

/** What figures mean nothing without. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGB: number;
  readonly system: string;
  /** Of the last minute, before the first round: what else was going on. */
  readonly loadBefore: number;
  readonly commit: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly settings: Readonly<Record<string, string>>;
}

const TOLD_SETTINGS = [
  'fsync',
  'synchronous_commit',
  'full_page_writes',
  'shared_buffers',
  'wal_compression',
  'max_wal_size',
  'max_connections',
];

export async function describeMachine(server: Server): Promise<Machine> {
  const [row] = await server.run<Record<string, string>>(
    `select ${TOLD_SETTINGS.map((name) => `current_setting('${name}') as ${name}`).join(', ')}`,
  );
  const [version] = await server.run<{ server_version: string }>('show server_version');
  const commit = await promisify(execFile)('git', ['describe', '--always', '--dirty']).catch(() => undefined);
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGB: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()}`,
    loadBefore: loadavg()[0] ?? 0,
    commit: commit?.stdout.trim() ?? 'unknown',
    versions: {
      node: process.version,
      postgresql: version?.server_version ?? 'unknown',
      pgbench: await findPgbench().catch(() => 'missing'),
      emmett: (await versionOf('@event-driven-io/emmett-postgresql')) ?? 'not installed',
    },
    settings: { ...row },
  };
}

export const machineLines = ({ processor, cores, memoryGB, system, loadBefore, ...rest }: Machine): string =>
  [
    `${cores} cores of ${processor}, ${memoryGB} GB, ${system}, load ${loadBefore.toFixed(1)} before; commit ${rest.commit}`,
    Object.entries(rest.versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(', '),
    Object.entries(rest.settings)
      .map(([name, value]) => `${name} ${value}`)
      .join(', '),
  ].join('\n');
