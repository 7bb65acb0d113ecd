import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { type EventLog, LogReplaced, type Position } from '#kontor/event-store';
import { Backoff } from '#kontor/waiting';
import { type Checkpoint, proveContinuity } from '../checkpoint.js';
import type { Projection } from '../projection.js';
import type { SharedFeed } from '../shared-feed.js';
import { applyEvents, type Tolerance } from './apply-events.js';
import { CheckpointMoved, holdCheckpoint } from './checkpoints.js';
import { connect, disconnect, inTransaction, tryLock } from './connection.js';
import { endFeed } from './feed-positions.js';
import { presentOrFirst } from './first-checkpoint.js';
import type { GroupCommit } from './group-commit.js';
import { LiveTarget } from './live-target.js';
import { rebuild } from './rebuild.js';

export type RunState = 'starting' | 'waiting-for-lock' | 'rebuilding' | 'running' | 'backing-off' | 'stopped';

export interface ProjectionStatus {
  readonly projection: string;
  readonly version: number;
  readonly state: RunState;
  readonly position: Position;
  /** Why it backs off. */
  readonly error?: string;
}

export interface BatchReport {
  readonly projection: string;
  readonly events: number;
  readonly milliseconds: number;
}

export interface RunSettings {
  readonly log: EventLog;
  readonly databaseUrl: string;
  /** Shared by the projections of a process. */
  readonly group: GroupCommit;
  readonly viewStatements: readonly string[];
  readonly tolerance?: Tolerance;
  readonly lockRetryMs: number;
  readonly onBatch: (report: BatchReport) => void;
  readonly onTrouble: (projection: string, error: unknown) => void;
}

/** One projection, kept up with the log: through outages, and beside other processes that want to do the same. */
export class ProjectionRun {
  #status: Omit<ProjectionStatus, 'projection' | 'version'> = {
    state: 'starting',
    position: 0n,
  };
  readonly #backoff = new Backoff();
  readonly #settled = Promise.withResolvers<void>();

  constructor(
    private readonly projection: Projection,
    private readonly settings: RunSettings,
  ) {}

  get status(): ProjectionStatus {
    return { projection: this.projection.name, version: this.projection.version, ...this.#status };
  }

  /** Resolves when it follows the feed, or something keeps it from doing so. */
  get settled(): Promise<void> {
    return this.#settled.promise;
  }

  /** Until the signal aborts. Rejects only with what waiting does not mend (`LogReplaced`). */
  async run(feed: SharedFeed, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.#inSession(feed, signal);
      } catch (error) {
        if (error instanceof LogReplaced) throw error;
        if (error instanceof CheckpointMoved) continue;
        if (signal.aborted) break;
        this.#enter('backing-off', error);
        this.settings.onTrouble(this.projection.name, error);
        await this.#backoff.pause(signal);
      }
    }
    this.#enter('stopped');
  }

  async #inSession(feed: SharedFeed, signal: AbortSignal): Promise<void> {
    const client = await connect(this.settings.databaseUrl, `kontor projector ${this.projection.name}`);
    try {
      if (!(await this.#lock(client, signal))) return;
      const checkpoint = await this.#checkpoint(client, signal);
      await proveContinuity(this.settings.log, this.projection.name, checkpoint);
      await this.#follow(
        await LiveTarget.at(client, this.settings.group, this.projection, checkpoint),
        feed,
        signal,
      );
    } finally {
      await disconnect(client);
    }
  }

  async #follow(target: LiveTarget, feed: SharedFeed, signal: AbortSignal): Promise<void> {
    this.#moveTo(target.checkpoint.position);
    // Whoever waits for this to be settled finds the feed followed: nothing is awaited before the loop begins.
    this.#enter('running');
    for await (const events of feed.after(target.checkpoint.position, signal)) {
      const begun = performance.now();
      await applyEvents(target, events, this.settings.tolerance);
      this.#moveTo(target.checkpoint.position);
      this.#backoff.succeeded();
      const { name: projection } = this.projection;
      const milliseconds = performance.now() - begun;
      this.settings.onBatch({ projection, events: events.length, milliseconds });
    }
  }

  /** One runner a projection: whoever holds the lock runs it, the others stand by. */
  async #lock(client: pg.Client, signal: AbortSignal): Promise<boolean> {
    while (!signal.aborted) {
      if (await tryLock(client, `kontor.projection.${this.projection.name}`)) return true;
      this.#enter('waiting-for-lock');
      await pause(this.settings.lockRetryMs, undefined, { signal }).catch(() => {});
    }
    return false;
  }

  async #checkpoint(client: pg.Client, signal: AbortSignal): Promise<Checkpoint> {
    const present = await inTransaction(client, async () => {
      await endFeed(client, this.projection);
      return await presentOrFirst(client, this.projection, this.settings.log);
    });
    if (present.version === this.projection.version) return present;
    this.#enter('rebuilding');
    const onProgress = ({ position }: { readonly position: Position }) => this.#moveTo(position);
    await rebuild([this.projection], { ...this.settings, signal, onProgress });
    const rebuilt = await inTransaction(client, () => holdCheckpoint(client, this.projection.name));
    if (!rebuilt) throw new CheckpointMoved(`the checkpoint of ${this.projection.name} is gone`);
    return rebuilt;
  }

  #enter(state: RunState, error?: unknown): void {
    this.#settled.resolve();
    const { position } = this.#status;
    this.#status = { state, position, ...(error === undefined ? {} : { error: String(error) }) };
  }

  #moveTo(position: Position): void {
    this.#status = { ...this.#status, position };
  }
}
