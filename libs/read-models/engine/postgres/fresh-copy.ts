import { setImmediate as immediately } from 'node:timers/promises';
import type pg from 'pg';
import type { EventLog, Position } from '#kontor/event-store';
import { BatchInMaking, type BatchBounds } from '../bounds.js';
import type { Fold } from '../fold.js';
import type { Projection } from '../projection.js';
import { decoded, type ReadEvent } from '../read-event.js';
import { applyEvents, type Target, type Tolerance } from './apply-events.js';
import { inTransaction, withSavepoint } from './connection.js';
import type { ParkedEvent } from './parked-events.js';
import { type Completion, makeLike, NEXT_SCHEMA } from './table-definitions.js';
import { writeFold } from './write-fold.js';

/** What copies in the making hold at once. A megabyte of texts takes some five, decoded and folded for each of the projections. */
const bounds: BatchBounds = { events: 10_000, size: 5 * 1024 * 1024 };

export interface Progress {
  readonly position: Position;
  /** Where the log ended when last looked at. */
  readonly of: Position;
  readonly eventsPerSecond: number;
}

export interface CopyOptions {
  readonly log: EventLog;
  readonly tolerance?: Tolerance;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Whether the copy is to replace the live tables: it then has to survive a crash. */
  readonly durable: boolean;
}

/**
 * Brings copies that stand at the same place up to a moving limit, in one pass over the log: what there is at first, then keys and
 * indexes are added, then what came meanwhile.
 */
export async function catchUp(
  copies: readonly FreshCopy[],
  limit: () => Promise<Position>,
  options: CopyOptions,
): Promise<void> {
  const pace = new Pace(options.onProgress);
  const read = async (): Promise<void> => {
    const until = await limit();
    for await (const events of batches(copies[0]?.reached.position ?? 0n, until, options)) {
      await applyToAll(copies, events);
      pace.read(events, until);
    }
  };
  await read();
  await read();
  await Promise.all(copies.map((copy) => copy.complete()));
  await read();
}

async function applyToAll(copies: readonly FreshCopy[], events: readonly ReadEvent[]): Promise<void> {
  const applied: Promise<void>[] = [];
  for (const copy of copies) {
    const its = copy.apply(events);
    // What fails is told of below.
    its.catch(() => undefined);
    applied.push(its);
    // The rows of one go to the server while the next one folds.
    await immediately();
  }
  await Promise.all(applied);
}

async function* batches(
  after: Position,
  until: Position,
  { log, signal }: CopyOptions,
): AsyncGenerator<readonly ReadEvent[]> {
  if (after >= until) return;
  const batch = new BatchInMaking(bounds);
  for await (const event of log.readAll({ after })) {
    if (event.position > until) break;
    batch.add(decoded(event));
    if (!batch.isFull) continue;
    signal?.throwIfAborted();
    yield batch.take();
  }
  signal?.throwIfAborted();
  if (batch.events.length > 0) yield batch.take();
}

class Pace {
  #events = 0;
  readonly #begun = performance.now();

  constructor(private readonly onProgress: CopyOptions['onProgress']) {}

  read(events: readonly ReadEvent[], of: Position): void {
    this.#events += events.length;
    const eventsPerSecond = Math.round((this.#events / (performance.now() - this.#begun)) * 1_000);
    this.onProgress?.({ position: events.at(-1)?.position ?? 0n, of, eventsPerSecond });
  }
}

/** What a copy has come to; where a transaction is rolled back, so is this. */
interface Reached {
  readonly position: Position;
  readonly eventId: string | null;
  readonly parked: readonly ParkedEvent[];
}

/** A projection's tables, made anew from the log beside the live ones. */
export class FreshCopy implements Target {
  readonly parkedStreams = new Set<string>();
  #reached: Reached = { position: 0n, eventId: null, parked: [] };
  #transaction: typeof inTransaction = inTransaction;
  #batches = 0;
  #hasKeys = false;

  private constructor(
    readonly client: pg.Client,
    readonly projection: Projection,
    private readonly completions: readonly Completion[],
    private readonly options: CopyOptions,
  ) {}

  static async begin(client: pg.Client, projection: Projection, options: CopyOptions): Promise<FreshCopy> {
    const completions = await inTransaction(client, async () => {
      const made: Completion[] = [];
      for (const table of projection.tables) made.push(await makeLike(client, table, options));
      return made;
    });
    return new FreshCopy(client, projection, completions, options);
  }

  get reached(): Reached {
    return this.#reached;
  }

  async apply(events: readonly ReadEvent[]): Promise<void> {
    // The first batch meets no rows of another, and goes faster without keys to keep.
    if (this.#batches++ > 0) await this.#addKeys();
    await applyEvents(this, events, this.options.tolerance);
  }

  /** Adds what the live tables have besides rows. */
  async complete(): Promise<void> {
    await this.#addKeys();
    for (const { indexes, others } of this.completions)
      for (const statement of [...indexes, ...others]) await this.client.query(statement);
  }

  /** Reads on by itself to a position, inclusive. */
  async readTo(until: Position): Promise<void> {
    for await (const events of batches(this.#reached.position, until, this.options)) await this.apply(events);
  }

  /** Runs work, `readTo` included, as one transaction. */
  async atOnce<Result>(
    isolation: 'READ COMMITTED' | 'REPEATABLE READ',
    work: () => Promise<Result>,
  ): Promise<Result> {
    const before = this.#reached;
    this.#transaction = withSavepoint;
    try {
      return await inTransaction(this.client, async () => {
        await this.client.query(`SET TRANSACTION ISOLATION LEVEL ${isolation}`);
        return await work();
      });
    } catch (error) {
      this.#reached = before;
      this.parkedStreams.clear();
      for (const { event } of before.parked) this.parkedStreams.add(event.stream);
      throw error;
    } finally {
      this.#transaction = inTransaction;
    }
  }

  async commit(fold: Fold, parked: readonly ParkedEvent[], events: readonly ReadEvent[]): Promise<void> {
    const { client } = this;
    await this.#transaction(client, () => writeFold(client, NEXT_SCHEMA, fold));
    const { position, eventId } = events.at(-1) ?? this.#reached;
    this.#reached = { position, eventId, parked: [...this.#reached.parked, ...parked] };
  }

  async #addKeys(): Promise<void> {
    if (this.#hasKeys) return;
    this.#hasKeys = true;
    for (const { constraints } of this.completions)
      for (const statement of constraints) await this.client.query(statement);
  }
}
