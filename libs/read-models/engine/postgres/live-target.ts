import type pg from 'pg';
import type { Checkpoint } from '../checkpoint.js';
import type { Projection } from '../projection.js';
import type { ReadEvent } from '../read-event.js';
import type { Target } from './apply-events.js';
import { holdUnmoved, writeCheckpoint } from './checkpoints.js';
import { inTransaction } from './connection.js';
import { type ParkedEvent, readParkedStreams, writeParked } from './parked-events.js';

/** The tables that reports read: rows, parked events and checkpoint move together, from exactly where they were, or not at all. */
export class LiveTarget implements Target {
  readonly schema = 'read_models';
  readonly mayCopy = true;

  private constructor(
    readonly client: pg.Client,
    readonly projection: Projection,
    readonly parkedStreams: Set<string>,
    private reached: Checkpoint,
  ) {}

  static async at(client: pg.Client, projection: Projection, checkpoint: Checkpoint): Promise<LiveTarget> {
    return new LiveTarget(client, projection, await readParkedStreams(client, projection.name), checkpoint);
  }

  get checkpoint(): Checkpoint {
    return this.reached;
  }

  async commit(write: () => Promise<void>, parked: readonly ParkedEvent[], last: ReadEvent): Promise<void> {
    const next = { ...this.reached, position: last.position, eventId: last.eventId };
    await inTransaction(this.client, async () => {
      await holdUnmoved(this.client, this.projection.name, this.reached);
      await write();
      await writeParked(this.client, this.projection.name, parked);
      await writeCheckpoint(this.client, this.projection.name, next);
    });
    this.reached = next;
  }
}
