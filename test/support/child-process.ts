import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** A process of our own that runs one of the TypeScript files beside this one, and the lines that it has printed. */
export class TypeScriptProcess {
  readonly lines: string[] = [];
  readonly #process: ChildProcess;
  readonly #waiting = new Set<() => void>();

  constructor(file: string, ...args: string[]) {
    this.#process = spawn(
      process.execPath,
      ['--import', here('./typescript.mjs'), '--conditions', 'source', here(file), ...args],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const { stdout } = this.#process;
    if (!stdout) throw new Error('a process without output');
    createInterface({ input: stdout }).on('line', (line) => {
      this.lines.push(line);
      for (const check of this.#waiting) check();
    });
  }

  /** Resolves when it has printed that many lines more. */
  async printsMore(count: number): Promise<void> {
    const wanted = this.lines.length + count;
    const { promise, resolve } = Promise.withResolvers<void>();
    const check = () => this.lines.length >= wanted && resolve();
    this.#waiting.add(check);
    await promise;
    this.#waiting.delete(check);
  }

  /** Resolves when everything that it printed has arrived. */
  async kill(): Promise<void> {
    const closed = new Promise((resolve) => this.#process.once('close', resolve));
    this.#process.kill('SIGKILL');
    await closed;
  }
}
