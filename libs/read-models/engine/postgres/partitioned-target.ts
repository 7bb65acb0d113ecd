import type pg from 'pg';
import { LogReplaced, type Position } from '#kontor/event-store';
import type { Fold } from '../fold.js';
import type { Projection } from '../projection.js';
import type { ReadEvent } from '../read-event.js';
import { applyEvents, type Target, type Tolerance } from './apply-events.js';
import { CheckpointMoved } from './checkpoints.js';
import { inTransaction } from './connection.js';
import {
  advanceCheckpoint,
  type FeedMove,
  type FeedPosition,
  moveFeed,
  type Partition,
  readFeedPosition,
  readHold,
} from './feed-positions.js';
import { type ParkedEvent, readParkedStreams, writeParked } from './parked-events.js';
import { LIVE_SCHEMA } from './table-definitions.js';
import { statementsOf } from './write-fold.js';

/** What a partition brings: an event, or only the word that everything of the partition up to a position came before. */
export interface PartitionMessage {
  readonly offset: bigint;
  readonly position: Position;
  readonly event?: ReadEvent;
}

/** Where a partition is to be read on, and whether a hold keeps it there. */
export interface Standing {
  readonly nextOffset: bigint;
  readonly held: boolean;
}

/** The feed no longer is what it was when it was read: made anew, or cut off at its beginning. Nothing mends that by waiting. */
export class FeedBroken extends Error {
  override readonly name = 'FeedBroken';
}

/** A verification holds the partitions, which was not known when the batch was cut. */
class Held extends Error {
  override readonly name = 'Held';
}

/**
 * A projection's live tables, fed in partitions by several processes at once: rows, parked events and the partition's offset
 * and position move together. Positions rise along a partition but for repeats, so what is not above the stored one has been
 * applied, wherever it stands in the partition.
 */
export class PartitionedTarget implements Target {
  readonly #reached = new Map<string, FeedPosition>();
  /** Moves that bring no rows; they are written together, some times a second. */
  readonly #idle = new Map<string, FeedMove>();
  #batch: Batch | undefined;
  #hold: Position | undefined;
  /** Whether the checkpoint may have to follow. */
  #hasMoved = true;
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly client: pg.Client,
    readonly projection: Projection,
    private readonly epoch: number,
    private readonly logId: string,
    readonly parkedStreams: Set<string>,
    private readonly tolerance: Tolerance | undefined,
  ) {}

  static async at(
    client: pg.Client,
    projection: Projection,
    { epoch, logId }: { readonly epoch: number; readonly logId: string },
    tolerance?: Tolerance,
  ): Promise<PartitionedTarget> {
    const parkedStreams = await readParkedStreams(client, projection.name);
    return new PartitionedTarget(client, projection, epoch, logId, parkedStreams, tolerance);
  }

  get isHeld(): boolean {
    return this.#hold !== undefined;
  }

  /**
   * Applies the messages, which follow each other in the partition, as far as they are new. Throws `CheckpointMoved` where another process
   * has been at it meanwhile: nothing of what is told here holds any longer, and a new target must be made.
   */
  apply(partition: Partition, messages: readonly PartitionMessage[]): Promise<Standing> {
    return this.#inTurn(async () => {
      try {
        return await this.#apply(partition, messages);
      } catch (error) {
        if (!(error instanceof Held)) throw error;
        return await this.#apply(partition, messages);
      }
    });
  }

  /** Writes the moves that brought no rows, and lets the checkpoint follow; answers whether anything has moved. */
  advance(): Promise<boolean> {
    return this.#inTurn(async () => {
      const moves = [...this.#idle.values()];
      if (moves.length === 0 && !this.#hasMoved) return false;
      this.#idle.clear();
      this.#hasMoved = false;
      const moved = moves.length > 0 ? await moveFeed(this.client, this.projection, moves) : [];
      if (moved.length < moves.length) throw this.#superseded();
      await advanceCheckpoint(this.client, this.projection);
      return true;
    });
  }

  /** Looks whether a verification holds the partitions; answers whether one no longer does. */
  lookForHold(): Promise<boolean> {
    return this.#inTurn(async () => {
      const before = this.#hold;
      this.#hold = await readHold(this.client, this.projection.name);
      return before !== undefined && this.#hold !== before;
    });
  }

  async commit(fold: Fold, parked: readonly ParkedEvent[], events: readonly ReadEvent[]): Promise<void> {
    const { client } = this;
    const batch = this.#batch;
    const last = events.at(-1);
    if (!batch || !last) throw new Error('a commit outside of a batch');
    const to = batch.reachedBy(last);
    await inTransaction(client, async () => {
      // Shared rows are changed by all partitions: in turn, since in any order they would wait for each other in circles.
      await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
        `kontor.feed.${this.projection.name}`,
      ]);
      await this.#move({ ...batch.partition, from: batch.from, to });
      await this.#requireUnmoved(last.position);
      for (const statement of statementsOf(LIVE_SCHEMA, fold)) await client.query(statement);
      await writeParked(client, this.projection.name, parked);
    });
    batch.from = to;
    this.#hasMoved = true;
    this.#idle.delete(keyOf(batch.partition));
    this.#reached.set(keyOf(batch.partition), to);
  }

  async #apply(partition: Partition, messages: readonly PartitionMessage[]): Promise<Standing> {
    const key = keyOf(partition);
    const from = this.#reached.get(key) ?? (await readFeedPosition(this.client, this.projection, partition));
    const [first] = messages;
    if (!from) throw this.#superseded();
    this.#reached.set(key, from);
    if (!first || first.offset > from.nextOffset)
      return { nextOffset: from.nextOffset, held: this.#hold !== undefined && from.position >= this.#hold };

    const batch = new Batch(partition, from, messages, this.#hold);
    const idle = this.#idle.get(key);
    if (batch.events.length > 0) {
      if (idle) batch.from = idle.from;
      this.#batch = batch;
      await applyEvents(this, batch.events, this.tolerance);
    } else if (batch.end.nextOffset > from.nextOffset || batch.end.position > from.position) {
      this.#idle.set(key, { ...partition, from: idle?.from ?? from, to: batch.end });
      this.#reached.set(key, batch.end);
    }
    return { nextOffset: batch.end.nextOffset, held: batch.isHeld };
  }

  async #move(move: FeedMove): Promise<void> {
    const moved = await moveFeed(this.client, this.projection, [move]);
    if (moved.length === 0) throw this.#superseded();
  }

  /** After the partition's row is locked: from here on neither a rebuild nor a hold comes between. */
  async #requireUnmoved(upTo: Position): Promise<void> {
    const { name, version } = this.projection;
    const { rows } = await this.client.query<{ version: number; epoch: number; log_id: string }>(
      'SELECT version, epoch, log_id FROM read_models.checkpoints WHERE projection = $1 FOR SHARE',
      [name],
    );
    const [row] = rows;
    if (row?.version !== version || row.epoch !== this.epoch) throw this.#superseded();
    if (row.log_id !== this.logId) throw new LogReplaced(`${name} is now made from log ${row.log_id}`);
    this.#hold = await readHold(this.client, name);
    if (this.#hold !== undefined && upTo > this.#hold) throw new Held();
  }

  #superseded(): CheckpointMoved {
    return new CheckpointMoved(`${this.projection.name} was carried on or held by another process`);
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}

/** The new events among the messages of a partition, and where it stands after them. */
class Batch {
  readonly events: ReadEvent[] = [];
  readonly end: FeedPosition;
  readonly isHeld: boolean = false;
  readonly #offsets = new Map<Position, bigint>();

  constructor(
    readonly partition: Partition,
    public from: FeedPosition,
    messages: readonly PartitionMessage[],
    hold: Position | undefined,
  ) {
    let { nextOffset, position } = from;
    for (const { offset, position: its, event } of messages) {
      if (offset < from.nextOffset) {
        if (event && its > from.position)
          throw new FeedBroken(
            `${keyOf(partition)} has position ${its} at offset ${offset}, where position ${from.position} was passed: it was made anew`,
          );
        continue;
      }
      if (event && hold !== undefined && its > hold) {
        if (hold > position) position = hold;
        this.isHeld = true;
        break;
      }
      nextOffset = offset + 1n;
      if (its <= position) continue;
      position = its;
      if (!event) continue;
      this.events.push(event);
      this.#offsets.set(its, offset);
    }
    this.end = { nextOffset, position };
  }

  /** Where the partition stands after the event: after the last, what follows without rows is done too. */
  reachedBy(event: ReadEvent): FeedPosition {
    const offset = this.#offsets.get(event.position);
    if (event === this.events.at(-1) || offset === undefined) return this.end;
    return { nextOffset: offset + 1n, position: event.position };
  }
}

const keyOf = ({ topic, partition }: Partition): string => `${topic}/${partition}`;
