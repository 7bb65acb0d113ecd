import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { type EventLog, type LogHead, LogReplaced, type Position } from '#kontor/event-store';
import { Backoff } from '#kontor/waiting';
import { liveBounds, type BatchBounds } from '../bounds.js';
import type { Projection } from '../projection.js';
import { SharedFeed } from '../shared-feed.js';
import type { Tolerance } from './apply-events.js';
import { readCheckpoints } from './checkpoints.js';
import { pipelinePool } from './connection.js';
import { GroupCommit } from './group-commit.js';
import { countParked } from './parked-events.js';
import { type BatchReport, ProjectionRun, type ProjectionStatus } from './projection-run.js';

const WATCH_MS = 1_000;
const PATIENCE_AT_START_MS = 3_000;

const defaults = {
  bounds: liveBounds,
  viewStatements: [],
  lockRetryMs: 1_000,
  onBatch: () => {},
  onTrouble: () => {},
};

export interface RunnerOptions {
  readonly log: EventLog;
  /** Of the role that owns the read models. */
  readonly databaseUrl: string;
  readonly projections: readonly Projection[];
  /** Statements that make the views on the tables anew: a projection of a new version gets new tables. */
  readonly viewStatements?: readonly string[];
  readonly bounds?: BatchBounds;
  readonly tolerance?: Tolerance;
  /** Pause between tries to become a projection's runner. */
  readonly lockRetryMs?: number;
  readonly onBatch?: (report: BatchReport) => void;
  /** Something failed and is tried again. */
  readonly onTrouble?: (where: string, error: unknown) => void;
}

export interface RunnerStatus extends ProjectionStatus {
  /** Events of the log that the rows don't know yet; undefined while the log has not answered. */
  readonly lag: bigint | undefined;
  readonly parked: number;
  /** When it was last seen to be level with the log or to have moved; milliseconds since 1970. */
  readonly progressedAt: number;
}

/** Keeps read models in PostgreSQL up with the log: one reader for all projections, a transaction and a checkpoint for each. */
export class PostgresRunner {
  readonly #options: Required<Omit<RunnerOptions, 'tolerance'>>;
  readonly #writers: pg.Pool;
  readonly #runs: readonly ProjectionRun[];
  #head: LogHead | undefined;
  #parked: ReadonlyMap<string, number> = new Map();
  readonly #progress = new Map<string, { readonly position: Position; readonly at: number }>();
  readonly #createdAt = Date.now();

  constructor({ tolerance, ...options }: RunnerOptions) {
    this.#options = { ...defaults, ...options };
    this.#writers = pipelinePool(options.databaseUrl, 'kontor projector');
    const group = new GroupCommit(this.#writers);
    const settings = { ...this.#options, group, ...(tolerance && { tolerance }) };
    this.#runs = options.projections.map((projection) => new ProjectionRun(projection, settings));
  }

  get status(): readonly RunnerStatus[] {
    return this.#runs.map(({ status }) => ({
      ...status,
      lag: this.#head && this.#head.position - status.position,
      parked: this.#parked.get(status.projection) ?? 0,
      progressedAt: this.#progress.get(status.projection)?.at ?? this.#createdAt,
    }));
  }

  /** Runs until the signal aborts: batches under way are finished, locks given back. Rejects with `LogReplaced`. */
  async run(signal: AbortSignal): Promise<void> {
    const failed = new AbortController();
    const stop = AbortSignal.any([signal, failed.signal]);
    const pool = new pg.Pool({ connectionString: this.#options.databaseUrl, max: 1 });
    pool.on('error', () => {});
    try {
      const feed = await this.#feed(pool, stop);
      if (!feed) return;
      stop.addEventListener('abort', () => feed.end());
      const parts = [
        ...this.#runs.map((run) => run.run(feed, stop)),
        this.#read(feed, stop),
        this.#watch(pool, stop),
      ].map((part) =>
        part.catch((error: unknown) => {
          failed.abort();
          throw error;
        }),
      );
      const failure = (await Promise.allSettled(parts)).find((result) => result.status === 'rejected');
      if (failure) throw failure.reason;
    } finally {
      await Promise.all([pool.end(), this.#writers.end()]);
    }
  }

  /** The shared reader starts where the foremost projection stands; the others catch up with it by themselves. */
  async #feed(pool: pg.Pool, signal: AbortSignal): Promise<SharedFeed | undefined> {
    const { log, bounds, projections } = this.#options;
    const checkpoints = await this.#untilItWorks('database', signal, () => readCheckpoints(pool));
    if (!checkpoints) return undefined;
    let foremost = 0n;
    for (const { name, version } of projections) {
      const checkpoint = checkpoints.get(name);
      if (checkpoint?.version === version && checkpoint.position > foremost) foremost = checkpoint.position;
    }
    return new SharedFeed(log, bounds, foremost);
  }

  /** Begins when all projections follow that can: one that comes later would read by itself what it missed. */
  async #read(feed: SharedFeed, signal: AbortSignal): Promise<void> {
    const settled = Promise.all(this.#runs.map((run) => run.settled));
    await Promise.race([
      settled,
      pause(PATIENCE_AT_START_MS, undefined, { signal, ref: false }).catch(() => {}),
    ]);
    while (!signal.aborted) await this.#untilItWorks('log', signal, () => feed.run(signal));
  }

  /** What no batch tells: how far the log has come meanwhile, and what stands parked. */
  async #watch(pool: pg.Pool, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const watched = await Promise.allSettled([this.#options.log.head(), countParked(pool)]);
      const [head, parked] = watched;
      if (head.status === 'fulfilled') {
        this.#headIs(head.value);
        this.#noteProgress(head.value.position);
      }
      if (parked.status === 'fulfilled') this.#parked = parked.value;
      await pause(WATCH_MS, undefined, { signal }).catch(() => {});
    }
  }

  #headIs(head: LogHead): void {
    const before = this.#head;
    if (before && (head.logId !== before.logId || head.position < before.position))
      throw new LogReplaced(
        `the log was ${before.logId} up to position ${before.position}, now it is ${head.logId} up to ${head.position}. Was an older backup restored?`,
      );
    this.#head = head;
  }

  #noteProgress(head: Position): void {
    for (const { status } of this.#runs) {
      const { projection, position } = status;
      if (position >= head || position !== this.#progress.get(projection)?.position)
        this.#progress.set(projection, { position, at: Date.now() });
    }
  }

  async #untilItWorks<Result>(
    what: string,
    signal: AbortSignal,
    work: () => Promise<Result>,
  ): Promise<Result | undefined> {
    const backoff = new Backoff();
    while (!signal.aborted) {
      try {
        return await work();
      } catch (error) {
        if (error instanceof LogReplaced) throw error;
        if (signal.aborted) return undefined;
        this.#options.onTrouble(what, error);
        await backoff.pause(signal);
      }
    }
    return undefined;
  }
}
