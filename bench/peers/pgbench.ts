import { execFile, type ExecFileException } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { percentile } from '../measuring/statistics.js';

const run = promisify(execFile);

/** There is no pgbench on this machine. */
export class PgbenchMissing extends Error {
  override readonly name = 'PgbenchMissing';
}

/** Its version. @throws {PgbenchMissing} */
export async function findPgbench(): Promise<string> {
  try {
    const { stdout } = await run('pgbench', ['--version']);
    return stdout.replace(/^pgbench \(PostgreSQL\) /, '').trim();
  } catch (cause) {
    throw new PgbenchMissing('pgbench is missing: it comes with PostgreSQL (apt-get install postgresql).', {
      cause,
    });
  }
}

export interface PgbenchOptions {
  readonly url: string;
  /** Each is one transaction; one of them is drawn each time. */
  readonly scripts: readonly string[];
  readonly clients: number;
  readonly seconds: number;
  /** Sent with each statement that names them, as parameters. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Every transaction's time is written down, which costs a little of the rate. */
  readonly withLatencies?: boolean;
  readonly signal: AbortSignal;
}

export interface PgbenchFigures {
  /** Transactions, from when all were connected. */
  readonly perSecond: number;
  /** Milliseconds that 99 of 100 transactions did not exceed; none without `withLatencies`. */
  readonly p99: number;
}

/** Runs transactions as fast as they go, statements prepared, with as many threads as there are cores. */
export async function pgbench(options: PgbenchOptions): Promise<PgbenchFigures> {
  const { url, scripts, clients, seconds, variables = {}, withLatencies = false, signal } = options;
  const directory = await mkdtemp(join(tmpdir(), 'kontor-bench-'));
  try {
    const files = scripts.map((_, index) => join(directory, `${index}.sql`));
    await Promise.all(files.map((file, index) => writeFile(file, scripts[index] ?? '')));
    const { stdout } = await run(
      'pgbench',
      [
        '--protocol=prepared',
        '--no-vacuum',
        ...(withLatencies ? ['--log', `--log-prefix=${join(directory, 'log')}`] : []),
        `--client=${clients}`,
        `--jobs=${Math.min(clients, availableParallelism())}`,
        // Its clock runs already while it connects; the rate is told of the time after that.
        `--time=${Math.ceil(seconds) + 1}`,
        ...Object.entries(variables).map(([name, value]) => `--define=${name}=${value}`),
        ...files.map((file) => `--file=${file}`),
        url,
      ],
      { signal, maxBuffer: 64 * 1024 * 1024 },
    ).catch((failure: ExecFileException) => {
      signal.throwIfAborted();
      throw new Error(`pgbench failed: ${failure.stderr ?? failure.message}`);
    });
    const [, perSecond] = /tps = ([\d.]+) \(without initial connection time\)/.exec(stdout) ?? [];
    if (perSecond === undefined) throw new Error(`pgbench said:\n${stdout}`);
    return { perSecond: Number(perSecond), p99: percentile(await latencies(directory), 0.99) };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** In milliseconds; a log has a line a transaction, whose third field is its time in microseconds. */
async function latencies(directory: string): Promise<number[]> {
  const logs = (await readdir(directory)).filter((name) => name.startsWith('log'));
  const texts = await Promise.all(logs.map((name) => readFile(join(directory, name), 'utf8')));
  return texts
    .flatMap((text) => text.trimEnd().split('\n'))
    .map((line) => Number(line.split(' ')[2]) / 1_000);
}
