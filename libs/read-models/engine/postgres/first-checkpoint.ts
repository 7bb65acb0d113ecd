import type pg from 'pg';
import type { EventLog } from '#kontor/event-store';
import type { Checkpoint } from '../checkpoint.js';
import type { Projection } from '../projection.js';
import { holdCheckpoint, writeCheckpoint } from './checkpoints.js';
import { tableName } from './statements.js';
import { LIVE_SCHEMA } from './table-definitions.js';

/** The checkpoint, held to the end of the transaction: the present one, or one before the first event, with empty tables. */
export async function presentOrFirst(
  client: pg.Client,
  { name, version, tables }: Projection,
  log: EventLog,
): Promise<Checkpoint> {
  const present = await holdCheckpoint(client, name);
  if (present) return present;
  const { logId } = await log.head();
  const first: Checkpoint = { version, position: 0n, eventId: null, logId, epoch: 0 };
  await client.query(`TRUNCATE ${tables.map((table) => tableName(LIVE_SCHEMA, table)).join(', ')}`);
  await writeCheckpoint(client, name, first);
  return first;
}
