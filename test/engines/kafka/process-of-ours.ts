import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A process that runs a script beside this file and reports positions, one a line: to be killed and frozen. */
export class ProcessOfOurs {
  readonly #child: ChildProcess;
  #reached = 0n;
  #moved = nextMove();
  /** What it wrote to its standard error, line by line. */
  readonly errors: string[] = [];

  constructor(script: string, environment: Readonly<Record<string, string>>) {
    const path = fileURLToPath(new URL(`${script}.ts`, import.meta.url));
    const loader = fileURLToPath(new URL('../../support/swc.mjs', import.meta.url));
    this.#child = spawn(process.execPath, ['--conditions=source', '--import', loader, path], {
      env: { ...process.env, NODE_OPTIONS: '', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const orphaned = () => this.#child.kill('SIGKILL');
    process.once('exit', orphaned);
    const { stdout, stderr } = this.#child;
    if (!stdout || !stderr) throw new Error('a child without pipes');
    createInterface({ input: stdout }).on('line', (line) => {
      this.#reached = BigInt(line);
      this.#moved.resolve();
      this.#moved = nextMove();
    });
    createInterface({ input: stderr }).on('line', (line) => {
      this.errors.push(line);
      this.#moved.resolve();
      this.#moved = nextMove();
    });
    this.#child.once('exit', () => {
      process.off('exit', orphaned);
      this.#moved.reject(new Error(`${script} ended:\n${this.errors.slice(-20).join('\n')}`));
    });
  }

  get reached(): bigint {
    return this.#reached;
  }

  /** Settles when the process has reported the position or one after it; rejects when it ends before. */
  async reaches(position: bigint): Promise<void> {
    while (this.#reached < position) {
      const moved = this.#moved.promise;
      await moved;
    }
  }

  /** Settles when the process next complains of something like it. */
  async complainsOf(text: string): Promise<void> {
    const before = this.errors.length;
    while (!this.errors.slice(before).some((line) => line.includes(text))) {
      const moved = this.#moved.promise;
      await moved;
    }
  }

  /** kill -9; settles when the process is gone. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async terminate(): Promise<void> {
    await this.#end('SIGTERM');
  }

  freeze(): void {
    this.#child.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child.kill('SIGCONT');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill(signal);
    this.#child.kill('SIGCONT'); // a frozen process would take no notice
    await gone;
  }
}

/** Of interest only to whoever waits. */
function nextMove(): PromiseWithResolvers<void> {
  const move = Promise.withResolvers<void>();
  move.promise.catch(() => undefined);
  return move;
}
