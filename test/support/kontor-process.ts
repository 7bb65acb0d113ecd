import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from '../../apps/cli/embedded-postgres/index.js';
import { type Addresses, addressesIn } from '../../apps/cli/stack/running-stack.js';
import { type Workspace, workspaceIn } from '../../apps/cli/workspace/workspace.js';

const MAIN = 'dist/apps/cli/main.js';

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A run of the built `kontor`, as somebody would start it in a shell. */
export class KontorRun {
  readonly process: ChildProcess;
  /** Resolves when the process has ended. */
  readonly finished: Promise<Finished>;
  private readonly lines: string[] = [];
  private readonly watchers = new Set<() => void>();

  /** @param eventStoreUrl the log elsewhere; by default it stands in the embedded PostgreSQL */
  constructor(arguments_: readonly string[], eventStoreUrl = '') {
    this.process = spawn(process.execPath, [MAIN, ...arguments_], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        KONTOR_DATABASE_URL: '',
        KONTOR_EVENT_STORE_URL: eventStoreUrl,
        NODE_OPTIONS: '',
      },
    });
    const said = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      const stream = this.process[name];
      if (!stream) throw new Error(`no ${name}`);
      createInterface({ input: stream }).on('line', (line) => {
        said[name] += `${line}\n`;
        this.lines.push(line);
        for (const watcher of this.watchers) watcher();
      });
    }
    this.finished = once(this.process, 'close').then(([code]) => ({ code: Number(code), ...said }));
  }

  /** Resolves when so many lines match; rejects if the process ends before. */
  async says(pattern: RegExp, times = 1): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const look = (): void => {
      if (this.lines.filter((line) => pattern.test(line)).length >= times) resolve();
    };
    this.watchers.add(look);
    look();
    const ended = this.finished.then(({ stdout, stderr }) => {
      throw new Error(`ended without saying ${pattern}:\n${stdout}${stderr}`);
    });
    await Promise.race([promise, ended]);
    this.watchers.delete(look);
  }
}

export type PartName = 'command-api' | 'query-api' | 'projector' | 'postgres';

/** `kontor up` in a directory and on ports of its own. */
export class RunningKontor {
  private constructor(
    readonly workspace: Workspace,
    public run: KontorRun,
    private readonly options: readonly string[],
    readonly eventStoreUrl?: string,
  ) {}

  static async start(eventStoreUrl?: string): Promise<RunningKontor> {
    const directory = await mkdtemp(join(tmpdir(), 'kontor-'));
    const names = ['--command-port', '--query-port', '--projector-port', '--postgres-port'];
    const options = ['--directory', directory];
    for (const name of names) options.push(name, String(await freePort()));
    const run = new KontorRun(['up', ...options], eventStoreUrl);
    const kontor = new RunningKontor(workspaceIn(directory), run, options, eventStoreUrl);
    await kontor.run.says(/Kontor is up/);
    return kontor;
  }

  get directory(): string {
    return this.workspace.directory;
  }

  /** A second `kontor up` in the same place. */
  again(): KontorRun {
    return new KontorRun(['up', ...this.options], this.eventStoreUrl);
  }

  /** The same again, after it has ended. */
  async startAgain(): Promise<void> {
    this.run = this.again();
    await this.run.says(/Kontor is up/);
  }

  async addresses(): Promise<Addresses> {
    const addresses = await addressesIn(this.workspace);
    if (!addresses) throw new Error('kontor is not up');
    return addresses;
  }

  async pidOf(part: PartName): Promise<number> {
    if (part !== 'postgres') return (await this.addresses()).pids[part] ?? 0;
    const [pid = ''] = (await readFile(join(this.workspace.postgres, 'postmaster.pid'), 'utf8')).split('\n');
    return Number(pid);
  }

  /** As the kernel does it when memory runs out. */
  async kill(part: PartName): Promise<void> {
    process.kill(await this.pidOf(part), 'SIGKILL');
  }

  /** Ends everything as Ctrl-C does, and removes the directory. */
  async stop(): Promise<Finished> {
    this.run.process.kill('SIGTERM');
    const finished = await this.run.finished;
    await rm(this.directory, { recursive: true, force: true });
    return finished;
  }
}
