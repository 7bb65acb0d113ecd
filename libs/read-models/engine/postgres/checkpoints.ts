import type pg from 'pg';
import type { Checkpoint } from '../checkpoint.js';

/** Someone else moved the checkpoint: a second runner, a rebuild, a replay of parked events. What was read must be read again. */
export class CheckpointMoved extends Error {
  override readonly name = 'CheckpointMoved';
}

interface CheckpointRow {
  readonly projection: string;
  readonly version: number;
  readonly position: string;
  readonly event_id: string | null;
  readonly log_id: string;
  readonly epoch: number;
}

const fromRow = (row: CheckpointRow): Checkpoint => ({
  version: row.version,
  position: BigInt(row.position),
  eventId: row.event_id,
  logId: row.log_id,
  epoch: row.epoch,
});

const columns = 'projection, version, position, event_id, log_id, epoch';

/** What can run a query: a client or a pool. */
export type Queryable = Pick<pg.ClientBase, 'query'>;

/** All checkpoints, by projection. */
export async function readCheckpoints(database: Queryable): Promise<ReadonlyMap<string, Checkpoint>> {
  const { rows } = await database.query<CheckpointRow>(`SELECT ${columns} FROM read_models.checkpoints`);
  return new Map(rows.map((row) => [row.projection, fromRow(row)]));
}

/** Reads a checkpoint and holds it to the end of the transaction: nobody else moves it, and no runner writes rows meanwhile. */
export async function holdCheckpoint(
  database: Queryable,
  projection: string,
): Promise<Checkpoint | undefined> {
  const { rows } = await database.query<CheckpointRow>(
    `SELECT ${columns} FROM read_models.checkpoints WHERE projection = $1 FOR UPDATE`,
    [projection],
  );
  return rows[0] && fromRow(rows[0]);
}

/** Holds the checkpoint if it is still the one given, else throws `CheckpointMoved`: the compare of a compare-and-set. */
export async function holdUnmoved(
  database: Queryable,
  projection: string,
  expected: Checkpoint,
): Promise<void> {
  const held = await holdCheckpoint(database, projection);
  if (
    held?.position !== expected.position ||
    held.version !== expected.version ||
    held.epoch !== expected.epoch
  )
    throw new CheckpointMoved(`the checkpoint of ${projection} is no longer at ${expected.position}`);
}

/** Writes a checkpoint, in the transaction of the rows that it speaks of. */
export async function writeCheckpoint(
  database: Queryable,
  projection: string,
  { version, position, eventId, logId, epoch }: Checkpoint,
): Promise<void> {
  await database.query(
    `INSERT INTO read_models.checkpoints (${columns}) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (projection) DO UPDATE SET version = excluded.version, position = excluded.position,
       event_id = excluded.event_id, log_id = excluded.log_id, epoch = excluded.epoch, updated_at = now()`,
    [projection, version, position, eventId, logId, epoch],
  );
}
