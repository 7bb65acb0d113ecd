import pg from 'pg';
import type { PreparedStatement } from '#kontor/postgres';
import type { Checkpoint } from '../checkpoint.js';
import type { ColumnType } from '../table.js';
import type { Value } from '../values.js';
import { arrayOf } from './text-formats.js';

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

/** A projection's checkpoint before and after; only position and event differ. */
export interface Move {
  readonly projection: string;
  readonly from: Checkpoint;
  readonly to: Checkpoint;
}

const moveAll = {
  name: 'move checkpoints',
  text: 'SELECT read_models.move_checkpoints($1, $2, $3, $4, $5, $6)',
};
/** What the function refuses with. */
const MOVED = 'KT001';

/** Moves checkpoints if all are still where they are to move from, else fails: a compare-and-set. They are held to the end of the transaction. */
export function movingCheckpoints(moves: readonly Move[]): PreparedStatement {
  const array = (type: ColumnType, valueOf: (move: Move) => Value) => arrayOf(type, moves.map(valueOf));
  return {
    ...moveAll,
    values: [
      array('text', ({ projection }) => projection),
      array('integer', ({ from }) => from.version),
      array('integer', ({ from }) => from.epoch),
      array('bigint', ({ from }) => from.position),
      array('bigint', ({ to }) => to.position),
      array('uuid', ({ to }) => to.eventId),
    ],
  };
}

/** The same for one, throwing `CheckpointMoved`. */
export async function moveCheckpoint(database: Queryable, move: Move): Promise<void> {
  try {
    await database.query(movingCheckpoints([move]));
  } catch (error) {
    if (!(error instanceof pg.DatabaseError && error.code === MOVED)) throw error;
    throw new CheckpointMoved(`the checkpoint of ${move.projection} is no longer at ${move.from.position}`);
  }
}

/** Writes where a checkpoint stands now, in the transaction of the rows that it speaks of. */
export async function writeCheckpoint(
  database: Queryable,
  projection: string,
  { version, position, eventId, logId, epoch }: Checkpoint,
): Promise<void> {
  await database.query(
    `INSERT INTO read_models.checkpoints (${columns})
     VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (projection) DO UPDATE SET version = excluded.version, position = excluded.position,
       event_id = excluded.event_id, log_id = excluded.log_id, epoch = excluded.epoch, updated_at = now()`,
    [projection, version, position, eventId, logId, epoch],
  );
}
