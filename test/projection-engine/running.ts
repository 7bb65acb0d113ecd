import pg from 'pg';
import { PostgresRunner, type RunnerOptions, waitForPosition } from '#kontor/read-models';
import { settlesWithin } from '#kontor/waiting';

/** To come to a position, and to end: less than any test has. */
const DEADLINE_MS = 25_000;

export interface Running {
  readonly runner: PostgresRunner;
  /** Resolves when every projection, or those named, have seen the position. */
  reach(position: bigint, projections?: readonly string[]): Promise<void>;
  /** How the run ended. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** Starts a runner in this process. */
export function startRunner(options: RunnerOptions): Running {
  const stopping = new AbortController();
  const runner = new PostgresRunner({ lockRetryMs: 20, tolerance: { tries: 2, pauseMs: 1 }, ...options });
  const ended = runner.run(stopping.signal);
  ended.catch(() => {});
  const names = options.projections.map(({ name }) => name);
  return {
    runner,
    ended,
    reach: async (position, projections = names) => {
      const pool = new pg.Pool({
        connectionString: options.databaseUrl,
        max: 1,
        connectionTimeoutMillis: DEADLINE_MS,
      });
      try {
        const waiting = waitForPosition(pool, projections, position, { timeoutMs: DEADLINE_MS });
        const reached = await Promise.race([waiting, ended.then(() => -1n)]);
        if (reached < position) throw new Error(`came to ${reached}, not to ${position}`);
      } finally {
        await pool.end();
      }
    },
    stop: async () => {
      stopping.abort();
      if (!(await settlesWithin(ended, DEADLINE_MS)))
        throw new Error('the runner was told to stop, and did not end');
    },
  };
}
