import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { nodePart } from '../../apps/cli/supervisor/node-part.js';
import { freePort } from '../../apps/cli/embedded-postgres/index.js';
import { shippedFile } from '../../apps/cli/stack/shipped-file.js';
import {
  ensureDevelopmentKeys,
  signDevelopmentToken,
  type TokenClaims,
} from '../../apps/cli/workspace/development-keys.js';
import {
  prepareWorkspace,
  type Workspace,
  workspaceIn,
  writeSecret,
} from '../../apps/cli/workspace/workspace.js';
import type { Bench } from './bench.js';
import { type KontorDatabase, passwords } from './server.js';

export interface Service {
  readonly url: string;
  readonly pid: number;
}

/** Who sells: an account manager of the shipped branch. */
export const anna = { actorId: 'anna', role: 'account-manager', branchId: 'london' } as const;
export const auditor = { actorId: 'audrey', role: 'auditor' } as const;

/** Kontor's processes, as `kontor up` starts them, on one database; with keys of their own to sign tokens with. */
export class Office {
  private readonly stops: (() => Promise<void>)[] = [];

  private constructor(
    private readonly bench: Bench,
    private readonly workspace: Workspace,
    private readonly database: KontorDatabase,
  ) {}

  static async open(bench: Bench, database: KontorDatabase): Promise<Office> {
    const workspace = workspaceIn(join(bench.server.directory, 'office'));
    await prepareWorkspace(workspace);
    await ensureDevelopmentKeys(workspace);
    await writeSecret(workspace.passwords, passwords);
    return new Office(bench, workspace, database);
  }

  /** Where the keys are published. */
  get jwksUrl(): string {
    return pathToFileURL(this.workspace.jwks).href;
  }

  token(claims: TokenClaims): Promise<string> {
    return signDevelopmentToken(this.workspace, claims);
  }

  commandApi(): Promise<Service> {
    const { commandUrl } = this.database;
    return this.start('command-api', new URL('../../apps/command-api/main.js', import.meta.url), (port) => ({
      KONTOR_EVENT_STORE_URL: commandUrl,
      KONTOR_COMMAND_PORT: port,
    }));
  }

  queryApi(): Promise<Service> {
    const { queryUrl } = this.database;
    return this.start('query-api', new URL('../../apps/query-api/main.js', import.meta.url), (port) => ({
      KONTOR_EVENT_STORE_URL: queryUrl,
      KONTOR_DATABASE_URL: queryUrl,
      KONTOR_QUERY_PORT: port,
    }));
  }

  projector(): Promise<Service> {
    const { projectorUrl } = this.database;
    return this.start('projector', new URL('../../apps/projector/main.js', import.meta.url), (port) => ({
      KONTOR_EVENT_STORE_URL: projectorUrl,
      KONTOR_DATABASE_URL: projectorUrl,
      KONTOR_PROJECTOR_PORT: port,
    }));
  }

  /** The service of no-op-service.ts. */
  noOp(): Promise<Service> {
    return this.start('no-op-service', new URL('./no-op-service.js', import.meta.url), (port) => ({
      KONTOR_COMMAND_PORT: port,
    }));
  }

  /** `kontor rebuild` of everything, as somebody would start it in a shell. */
  rebuild(): { readonly pid: number; readonly ended: Promise<void> } {
    const child = spawn(
      process.execPath,
      [
        fileURLToPath(new URL('../../apps/cli/main.js', import.meta.url)),
        'rebuild',
        '--directory',
        this.workspace.directory,
      ],
      {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, KONTOR_DATABASE_URL: this.database.ownerUrl },
        signal: this.bench.signal,
      },
    );
    const ended = once(child, 'exit').then(([code]) => {
      if (code !== 0) throw new Error(`kontor rebuild ended with code ${code}`);
      return undefined;
    });
    return { pid: child.pid ?? 0, ended };
  }

  async close(): Promise<void> {
    for (const stop of this.stops.toReversed()) await stop();
  }

  private async start(
    name: string,
    entry: URL,
    environmentOf: (port: string) => Readonly<Record<string, string>>,
  ): Promise<Service> {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    let pid = 0;
    const part = nodePart({
      name,
      entry,
      environment: {
        KONTOR_JWKS_URL: this.jwksUrl,
        KONTOR_DISCOUNT_POLICY: shippedFile('config/discount-policy.json'),
        KONTOR_ZONES: shippedFile('config/zones.json'),
        ...environmentOf(String(port)),
      },
      readyUrl: `${url}/health/ready`,
      logFile: join(this.workspace.logs, `${name}.log`),
      onStart: (started) => {
        pid = started;
      },
    });
    const running = await part.start(this.bench.signal);
    this.stops.push(() => running.stop());
    return { url, pid };
  }
}
