import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { migratePostgresLog } from '#kontor/event-store';
import { migrateReadModels } from '#kontor/read-models';
import { stopPostgresIn } from '../embedded-postgres/index.js';
import { nodePart } from '../supervisor/node-part.js';
import { holdAlone } from '../supervisor/only-one.js';
import { Supervisor } from '../supervisor/supervise.js';
import { ensureDevelopmentKeys } from '../workspace/development-keys.js';
import { passwordsOf } from '../workspace/passwords.js';
import { prepareWorkspace, readIfThere, type Workspace, writeSecret } from '../workspace/workspace.js';
import { connectionsOf, isEmbedded } from './connections.js';
import { requireFreePorts } from './ports.js';
import { postgresPart } from './postgres-part.js';
import { shippedFile } from './shipped-file.js';
import { type Settings, WrongUsage } from './settings.js';

/** Where a running Kontor can be reached; written to the workspace for the other commands. */
export interface Addresses {
  readonly commandUrl: string;
  readonly queryUrl: string;
  readonly projectorUrl: string;
  /** Process ids by part, as of the last start of each. */
  readonly pids: Readonly<Record<string, number>>;
  readonly postgresPort?: number;
}

export const addressesIn = (workspace: Workspace): Promise<Addresses | undefined> =>
  readIfThere<Addresses>(workspace.running);

export interface RunningStack {
  readonly addresses: Addresses;
  /** Rejects when a part can't be kept alive. */
  readonly failed: Promise<never>;
  stop(): Promise<void>;
}

/** Starts PostgreSQL unless another is given, brings its schemas up to date, starts the services, and keeps all alive. Rejects when the signal aborts on the way. */
export async function startStack(
  settings: Settings,
  report: (line: string) => void,
  signal: AbortSignal,
): Promise<RunningStack> {
  const { workspace, ports } = settings;
  await prepareWorkspace(workspace);
  const hold = await holdAlone(workspace.socket);
  if (!hold) throw new WrongUsage(`another "kontor up" is running in ${workspace.directory}`);
  const supervisor = new Supervisor(report);
  signal.addEventListener('abort', () => void supervisor.stop(), { once: true });
  const stop = async (): Promise<void> => {
    await supervisor.stop();
    await rm(workspace.running, { force: true });
    hold.close();
  };
  try {
    const [passwords] = await Promise.all([passwordsOf(workspace), ensureDevelopmentKeys(workspace)]);
    const connections = connectionsOf(settings, passwords);
    const embedded = isEmbedded(settings);
    await endLeftovers(workspace, embedded);
    await requireFreePorts([
      { name: 'the command API', port: ports.command, option: '--command-port' },
      { name: 'the query API', port: ports.query, option: '--query-port' },
      { name: 'the projector', port: ports.projector, option: '--projector-port' },
      ...(embedded ? [{ name: 'PostgreSQL', port: settings.postgresPort, option: '--postgres-port' }] : []),
    ]);
    if (embedded) await supervisor.keep(postgresPart(workspace, settings.postgresPort, passwords));
    for (const ownerUrl of connections.owned) await migratePostgresLog(ownerUrl, { passwords });
    await migrateReadModels(connections.database('kontor_projector'));

    const addresses = {
      commandUrl: `http://localhost:${ports.command}`,
      queryUrl: `http://localhost:${ports.query}`,
      projectorUrl: `http://localhost:${ports.projector}`,
      pids: {} as Record<string, number>,
      ...(embedded ? { postgresPort: settings.postgresPort } : {}),
    };
    const shared = {
      KONTOR_JWKS_URL: process.env['KONTOR_JWKS_URL'] ?? pathToFileURL(workspace.jwks).href,
      KONTOR_DISCOUNT_POLICY:
        process.env['KONTOR_DISCOUNT_POLICY'] ?? shippedFile('config/discount-policy.json'),
      KONTOR_ZONES: process.env['KONTOR_ZONES'] ?? shippedFile('config/zones.json'),
    };
    let written = Promise.resolve();
    const service = (name: string, folder: string, url: string, environment: Record<string, string>) =>
      supervisor.keep(
        nodePart({
          name,
          entry: new URL(`../../${folder}/main.js`, import.meta.url),
          environment: { ...shared, ...environment },
          readyUrl: `${url}/health/ready`,
          logFile: join(workspace.logs, `${folder}.log`),
          onStart: (pid) => {
            addresses.pids[folder] = pid;
            // In turn: parts start at the same moment, and what was written last must be the latest.
            written = written.then(() => writeSecret(workspace.running, addresses));
          },
        }),
      );
    await Promise.all([
      service('the command API', 'command-api', addresses.commandUrl, {
        KONTOR_EVENT_STORE_URL: connections.eventStore('kontor_command'),
        KONTOR_COMMAND_PORT: String(ports.command),
        KONTOR_QUERY_URL: addresses.queryUrl,
      }),
      service('the projector', 'projector', addresses.projectorUrl, {
        KONTOR_EVENT_STORE_URL: connections.eventStore('kontor_projector'),
        KONTOR_DATABASE_URL: connections.database('kontor_projector'),
        KONTOR_PROJECTOR_PORT: String(ports.projector),
      }),
      service('the query API', 'query-api', addresses.queryUrl, {
        KONTOR_EVENT_STORE_URL: connections.eventStore('kontor_query'),
        KONTOR_DATABASE_URL: connections.database('kontor_query'),
        KONTOR_QUERY_PORT: String(ports.query),
      }),
    ]);
    return { addresses, failed: supervisor.failed, stop };
  } catch (failure) {
    await stop();
    throw failure;
  }
}

const LEFTOVERS_END_WITHIN_MS = 10_000;

/** What a killed `kontor up` left running: its services end by themselves when they notice, its PostgreSQL has to be told. */
async function endLeftovers(workspace: Workspace, embedded: boolean): Promise<void> {
  const left = await addressesIn(workspace);
  if (!left) return;
  const deadline = Date.now() + LEFTOVERS_END_WITHIN_MS;
  while (Object.values(left.pids).some(isAlive) && Date.now() < deadline) await pause(50);
  if (embedded) await stopPostgresIn(workspace.postgres);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
