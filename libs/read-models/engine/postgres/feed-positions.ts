import type pg from 'pg';
import type { Position } from '#kontor/event-store';
import type { Projection } from '../projection.js';
import type { Queryable } from './checkpoints.js';
import { inTransaction } from './connection.js';

/** One of the partitions that the log's events are fed in: each stream stays in one. */
export interface Partition {
  readonly topic: string;
  readonly partition: number;
}

/** How far a projection has come in a partition. */
export interface FeedPosition {
  /** Of the next message to read. */
  readonly nextOffset: bigint;
  /** Every event of the partition up to here is in the rows, or parked. */
  readonly position: Position;
}

/** Makes what is missing: a partition that was never read is read from its beginning, and what the checkpoint covers is passed over. */
export async function beginFeed(
  database: Queryable,
  { name, version }: Projection,
  partitions: readonly Partition[],
): Promise<void> {
  await database.query('DELETE FROM read_models.feed_positions WHERE projection = $1 AND version <> $2', [
    name,
    version,
  ]);
  await database.query(
    `INSERT INTO read_models.feed_positions (projection, version, topic, partition, next_offset, position)
     SELECT $1, $2, topic, partition, 0, position
     FROM unnest($3::text[], $4::integer[]) AS given (topic, partition), read_models.checkpoints
     WHERE projection = $1
     ON CONFLICT DO NOTHING`,
    [name, version, partitions.map(({ topic }) => topic), partitions.map(({ partition }) => partition)],
  );
}

/** Where a partition stands; what the checkpoint covers (a rebuild may have carried it further) is in the rows too. */
export async function readFeedPosition(
  database: Queryable,
  { name, version }: Projection,
  { topic, partition }: Partition,
): Promise<FeedPosition | undefined> {
  const { rows } = await database.query<{ next_offset: string; position: string }>(
    `SELECT next_offset, greatest(fed.position, checkpoint.position) AS position
     FROM read_models.feed_positions fed JOIN read_models.checkpoints checkpoint USING (projection, version)
     WHERE projection = $1 AND version = $2 AND topic = $3 AND partition = $4`,
    [name, version, topic, partition],
  );
  return rows[0] && { nextOffset: BigInt(rows[0].next_offset), position: BigInt(rows[0].position) };
}

export interface FeedMove extends Partition {
  readonly from: FeedPosition;
  readonly to: FeedPosition;
}

/** Moves partitions on, each from exactly where it was; answers those that moved. */
export async function moveFeed(
  database: Queryable,
  { name, version }: Projection,
  moves: readonly FeedMove[],
): Promise<readonly Partition[]> {
  const { rows } = await database.query<Partition>(
    `UPDATE read_models.feed_positions fed
     SET next_offset = given.next_offset, position = greatest(fed.position, given.position)
     FROM unnest($3::text[], $4::integer[], $5::bigint[], $6::bigint[], $7::bigint[])
       AS given (topic, partition, expected, next_offset, position)
     WHERE fed.projection = $1 AND fed.version = $2 AND fed.topic = given.topic AND fed.partition = given.partition
       AND fed.next_offset = given.expected
     RETURNING fed.topic, fed.partition`,
    [
      name,
      version,
      moves.map(({ topic }) => topic),
      moves.map(({ partition }) => partition),
      moves.map(({ from }) => from.nextOffset),
      moves.map(({ to }) => to.nextOffset),
      moves.map(({ to }) => to.position),
    ],
  );
  return rows;
}

/** Only of sessions that are still there: whoever placed it may have died. */
const livingHold = `
  SELECT position FROM read_models.feed_holds hold JOIN pg_stat_activity USING (pid, backend_start)
  WHERE hold.projection = $1`;

/** Where a verification wants each partition to stop, if one does. */
export async function readHold(database: Queryable, projection: string): Promise<Position | undefined> {
  const { rows } = await database.query<{ position: string }>(livingHold, [projection]);
  return rows[0] && BigInt(rows[0].position);
}

/** The checkpoint follows the partition that is furthest behind, and not beyond a hold. */
export async function advanceCheckpoint(database: Queryable, { name, version }: Projection): Promise<void> {
  await database.query(
    `UPDATE read_models.checkpoints checkpoint
     SET position = fed.position, event_id = NULL, updated_at = now()
     FROM (
       SELECT least(min(position), (${livingHold})) AS position
       FROM read_models.feed_positions WHERE projection = $1 AND version = $2) fed
     WHERE projection = $1 AND version = $2 AND checkpoint.position < fed.position`,
    [name, version],
  );
}

/** The furthest that any partition has come, where the projection is fed in partitions. */
export async function foremostOfFeed(database: Queryable, projection: string): Promise<Position | undefined> {
  const { rows } = await database.query<{ position: string | null }>(
    'SELECT max(position) AS position FROM read_models.feed_positions WHERE projection = $1',
    [projection],
  );
  const position = rows[0]?.position;
  return position ? BigInt(position) : undefined;
}

/** Makes every partition stop at one position, the furthest that any has reached; for as long as the connection lasts or until it is lifted. */
export async function placeHold(client: pg.Client, projection: string): Promise<Position | undefined> {
  return await inTransaction(client, async () => {
    await client.query('SELECT FROM read_models.feed_positions WHERE projection = $1 FOR UPDATE', [
      projection,
    ]);
    const position = await foremostOfFeed(client, projection);
    if (position !== undefined)
      await client.query(
        `INSERT INTO read_models.feed_holds (projection, position, pid, backend_start)
         SELECT $1, $2, pid, backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid()
         ON CONFLICT (projection) DO UPDATE
         SET position = excluded.position, pid = excluded.pid, backend_start = excluded.backend_start`,
        [projection, position],
      );
    return position;
  });
}

export async function liftHold(client: pg.Client, projection: string): Promise<void> {
  await client.query('DELETE FROM read_models.feed_holds WHERE projection = $1', [projection]);
}

/**
 * The projection follows the log itself again. Rows that were fed beyond the checkpoint would be applied twice, so where there are
 * any the tables are to be made anew: no projection has version 0.
 */
export async function endFeed(database: Queryable, { name }: Projection): Promise<void> {
  await database.query(
    `UPDATE read_models.checkpoints checkpoint SET version = 0
     WHERE projection = $1 AND EXISTS (
       SELECT FROM read_models.feed_positions fed
       WHERE fed.projection = $1 AND fed.version = checkpoint.version AND fed.position > checkpoint.position)`,
    [name],
  );
  await database.query('DELETE FROM read_models.feed_positions WHERE projection = $1', [name]);
}
