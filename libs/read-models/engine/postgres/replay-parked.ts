import type pg from 'pg';
import type { EventLog } from '#kontor/event-store';
import { Fold } from '../fold.js';
import type { Projection } from '../projection.js';
import { decoded, type ReadEvent } from '../read-event.js';
import { holdCheckpoint, writeCheckpoint } from './checkpoints.js';
import { connect, disconnect, inTransaction } from './connection.js';
import { readParkedStreams } from './parked-events.js';
import { LIVE_SCHEMA } from './table-definitions.js';
import { writeFold } from './write-fold.js';

export interface ReplayResult {
  /** Events that are in the rows now. */
  readonly replayed: number;
  /** Streams that stay parked, and why. */
  readonly failed: readonly { readonly stream: string; readonly error: string }[];
}

/**
 * Applies a projection's parked events, after what was wrong with them has been mended: stream by stream, each whole or not at
 * all. Its runner may go on meanwhile.
 */
export async function replayParked(
  projection: Projection,
  { log, databaseUrl }: { readonly log: EventLog; readonly databaseUrl: string },
): Promise<ReplayResult> {
  const client = await connect(databaseUrl, `kontor replay ${projection.name}`);
  try {
    let replayed = 0;
    const failed: { stream: string; error: string }[] = [];
    for (const stream of await readParkedStreams(client, projection.name)) {
      try {
        replayed += await inTransaction(client, () => replayStream(client, projection, log, stream));
      } catch (error) {
        failed.push({ stream, error: error instanceof Error ? error.message : String(error) });
      }
    }
    return { replayed, failed };
  } finally {
    await disconnect(client);
  }
}

async function replayStream(
  client: pg.Client,
  projection: Projection,
  log: EventLog,
  stream: string,
): Promise<number> {
  const { name, version } = projection;
  const checkpoint = await holdCheckpoint(client, name);
  if (checkpoint?.version !== version) throw new Error(`${name} is to be rebuilt, which replays everything`);
  const { rows } = await client.query<{ revision: number }>(
    'DELETE FROM read_models.parked_events WHERE projection = $1 AND stream = $2 RETURNING revision',
    [name, stream],
  );
  const revisions = new Set(rows.map(({ revision }) => revision));
  const fold = new Fold(projection);
  for await (const event of parkedEvents(log, stream, revisions)) {
    if (event.decoded instanceof Error) throw event.decoded;
    if (projection.handles.has(event.decoded.type)) fold.add(event.decoded);
  }
  await writeFold(client, LIVE_SCHEMA, fold);
  // The runner looks again, and no longer parks what the stream brings.
  await writeCheckpoint(client, name, { ...checkpoint, epoch: checkpoint.epoch + 1 });
  return revisions.size;
}

async function* parkedEvents(
  log: EventLog,
  stream: string,
  revisions: ReadonlySet<number>,
): AsyncGenerator<ReadEvent> {
  for await (const event of log.readStream(stream, { from: Math.min(...revisions) }))
    if (revisions.has(event.revision)) yield decoded(event);
}
