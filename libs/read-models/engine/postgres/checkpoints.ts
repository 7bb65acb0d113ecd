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

const readAll = { name: 'read checkpoints', text: `SELECT ${columns} FROM read_models.checkpoints` };

/** All checkpoints, by projection. */
export async function readCheckpoints(database: Queryable): Promise<ReadonlyMap<string, Checkpoint>> {
  const { rows } = await database.query<CheckpointRow>(readAll);
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

/** A projection's checkpoint before and after. */
export interface Move {
  readonly projection: string;
  readonly from: Checkpoint;
  readonly to: Checkpoint;
}

const holdAll = {
  name: 'hold checkpoints',
  // In one order, as everybody takes them who takes more than one.
  text: `SELECT ${columns} FROM read_models.checkpoints WHERE projection = any ($1) ORDER BY projection FOR UPDATE`,
};

/** Holds checkpoints if all are still where they are to move from, else throws `CheckpointMoved`: the compare of a compare-and-set. */
export async function holdUnmoved(database: Queryable, moves: readonly Move[]): Promise<void> {
  const names = moves.map(({ projection }) => projection);
  const { rows } = await database.query<CheckpointRow>({ ...holdAll, values: [names] });
  const held = new Map(rows.map((row) => [row.projection, fromRow(row)]));
  for (const { projection, from } of moves) {
    const checkpoint = held.get(projection);
    if (
      checkpoint?.position !== from.position ||
      checkpoint.version !== from.version ||
      checkpoint.epoch !== from.epoch
    )
      throw new CheckpointMoved(`the checkpoint of ${projection} is no longer at ${from.position}`);
  }
}

const writeAll = {
  name: 'write checkpoints',
  text: `
    INSERT INTO read_models.checkpoints (${columns})
    SELECT * FROM unnest($1::text[], $2::integer[], $3::bigint[], $4::uuid[], $5::text[], $6::integer[])
    ON CONFLICT (projection) DO UPDATE SET version = excluded.version, position = excluded.position,
      event_id = excluded.event_id, log_id = excluded.log_id, epoch = excluded.epoch, updated_at = now()`,
};

/** Writes where checkpoints have moved to, in the transaction of the rows that they speak of. */
export async function writeCheckpoints(
  database: Queryable,
  moves: readonly Pick<Move, 'projection' | 'to'>[],
): Promise<void> {
  const values = [
    moves.map(({ projection }) => projection),
    moves.map(({ to }) => to.version),
    moves.map(({ to }) => to.position),
    moves.map(({ to }) => to.eventId),
    moves.map(({ to }) => to.logId),
    moves.map(({ to }) => to.epoch),
  ];
  await database.query({ ...writeAll, values });
}

export const writeCheckpoint = (database: Queryable, projection: string, to: Checkpoint): Promise<void> =>
  writeCheckpoints(database, [{ projection, to }]);
