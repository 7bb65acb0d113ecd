import type pg from 'pg';
import type { Checkpoint } from '../checkpoint.js';
import type { Fold } from '../fold.js';
import type { Projection } from '../projection.js';
import type { ReadEvent } from '../read-event.js';
import { announce } from './announcements.js';
import type { Target } from './apply-events.js';
import { moveCheckpoint } from './checkpoints.js';
import { inTransaction } from './connection.js';
import type { GroupCommit } from './group-commit.js';
import { type ParkedEvent, parking, readParkedStreams, writeParked } from './parked-events.js';
import { LIVE_SCHEMA } from './table-definitions.js';
import { statementsOf, writeFold } from './write-fold.js';

/** A transaction costs the same for one event as for a hundred: projections share it up to so many, beyond they work side by side. */
const SMALL_BATCH = 500;

/** The tables that reports read: rows, parked events and checkpoint move together, from exactly where they were, or not at all. */
export class LiveTarget implements Target {
  private constructor(
    private readonly client: pg.Client,
    private readonly group: GroupCommit,
    readonly projection: Projection,
    readonly parkedStreams: Set<string>,
    private reached: Checkpoint,
  ) {}

  static async at(
    client: pg.Client,
    group: GroupCommit,
    projection: Projection,
    checkpoint: Checkpoint,
  ): Promise<LiveTarget> {
    const parkedStreams = await readParkedStreams(client, projection.name);
    return new LiveTarget(client, group, projection, parkedStreams, checkpoint);
  }

  get checkpoint(): Checkpoint {
    return this.reached;
  }

  async commit(fold: Fold, parked: readonly ParkedEvent[], events: readonly ReadEvent[]): Promise<void> {
    const { client, group, reached } = this;
    const { name: projection } = this.projection;
    const { position, eventId } = events.at(-1) ?? reached;
    const move = { projection, from: reached, to: { ...reached, position, eventId } };
    const isMade =
      events.length < SMALL_BATCH &&
      (await group.make({
        ...move,
        statements: [...statementsOf(LIVE_SCHEMA, fold), ...parked.map((each) => parking(projection, each))],
      }));
    if (!isMade) {
      await inTransaction(client, async () => {
        await moveCheckpoint(client, move);
        await writeFold(client, LIVE_SCHEMA, fold);
        await writeParked(client, projection, parked);
      });
      await announce(client, [projection]);
    }
    this.reached = move.to;
  }
}
