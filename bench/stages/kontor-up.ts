import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { embeddedUrl, passwordsOf } from '../../apps/cli/workspace/passwords.js';
import { workspaceIn } from '../../apps/cli/workspace/workspace.js';
import { freePort } from '../../apps/cli/embedded-postgres/index.js';
import type { Bench } from './bench.js';
import { follow } from './read-models.js';

const ENTRY = fileURLToPath(new URL('../../apps/cli/main.js', import.meta.url));

/** `kontor up` in a directory of its own, with everything that belongs to it. */
export class KontorUp {
  private constructor(
    private readonly bench: Bench,
    private readonly directory: string,
    private readonly ports: Readonly<Record<'command' | 'query' | 'projector' | 'postgres', number>>,
  ) {}

  /** As it is after a first start with so many events of wholesale, which all projections have seen. */
  static async prepared(bench: Bench, name: string, events: number): Promise<KontorUp> {
    const directory = join(bench.server.directory, name);
    await rm(directory, { recursive: true, force: true });
    const [command, query, projector, postgres] = [
      await freePort(),
      await freePort(),
      await freePort(),
      await freePort(),
    ];
    const up = new KontorUp(bench, directory, { command, query, projector, postgres });
    await up.whileRunning(async () => {
      if (events === 0) return;
      const passwords = await passwordsOf(workspaceIn(directory));
      await bench.wholesale.put({ ownerUrl: embeddedUrl('kontor_owner', passwords, postgres) }, events);
      bench.say('all projections catch up with them');
      await follow(bench, { projectorUrl: embeddedUrl('kontor_projector', passwords, postgres) });
    });
    return up;
  }

  /** @returns milliseconds until everything is ready */
  async start(): Promise<number> {
    return await this.whileRunning(() => Promise.resolve());
  }

  remove(): Promise<void> {
    return rm(this.directory, { recursive: true, force: true });
  }

  /** @returns milliseconds until the work could begin */
  private async whileRunning(work: () => Promise<void>): Promise<number> {
    const { command, query, projector, postgres } = this.ports;
    const begun = performance.now();
    const options = {
      directory: this.directory,
      'command-port': command,
      'query-port': query,
      'projector-port': projector,
      'postgres-port': postgres,
    };
    const child = spawn(
      process.execPath,
      [ENTRY, 'up', ...Object.entries(options).map(([name, value]) => `--${name}=${value}`)],
      // A group of its own: Ctrl-C reaches us alone, and it is stopped in order.
      { stdio: ['ignore', 'pipe', 'inherit'], detached: true },
    );
    const ended = once(child, 'exit');
    try {
      const isUp = Promise.withResolvers<void>();
      createInterface({ input: child.stdout }).on('line', (line) => {
        if (line.startsWith('Kontor is up')) isUp.resolve();
      });
      const died = ended.then(([code]) => {
        throw new Error(`kontor up ended with code ${code}`);
      });
      died.catch(() => undefined);
      await Promise.race([isUp.promise, died]);
      const took = performance.now() - begun;
      await work();
      return took;
    } finally {
      child.kill('SIGTERM');
      await ended;
    }
  }
}
