import type pg from 'pg';
import type { EventLog } from '#kontor/event-store';
import type { Projection } from '../projection.js';
import type { Tolerance } from './apply-events.js';
import { connect, disconnect, inTransaction, tryShareLock } from './connection.js';
import { beginFeed, type Partition } from './feed-positions.js';
import { presentOrFirst } from './first-checkpoint.js';
import { PartitionedTarget } from './partitioned-target.js';
import { rebuild } from './rebuild.js';

export interface PartitionedSettings {
  /** For what a feed can't tell: the log's identity, and the events of a rebuild. */
  readonly log: EventLog;
  readonly databaseUrl: string;
  readonly viewStatements: readonly string[];
  readonly tolerance?: Tolerance;
  /**
   * A process that hangs within a transaction loses it after this time. It must be shorter than what the feed waits before it gives the
   * process's partitions to another one, which would else wait for the transaction.
   */
  readonly hangMs: number;
}

/** A target on a session of its own. Any number of processes may have one, but none while a runner follows the log itself. */
export async function openPartitioned(
  projection: Projection,
  partitions: readonly Partition[],
  settings: PartitionedSettings,
  signal: AbortSignal,
): Promise<PartitionedTarget> {
  const client = await connect(settings.databaseUrl, `kontor feed ${projection.name}`);
  try {
    await client.query(`SET idle_in_transaction_session_timeout = ${settings.hangMs}`);
    if (!(await tryShareLock(client, `kontor.projection.${projection.name}`)))
      throw new Error(`${projection.name} is kept up from the log itself by another process`);
    const begin = () => begunFeed(client, projection, partitions, settings.log);
    let checkpoint = await begin();
    if (checkpoint.version !== projection.version) {
      await rebuild([projection], { ...settings, signal });
      checkpoint = await begin();
    }
    return await PartitionedTarget.at(client, projection, checkpoint, settings.tolerance);
  } catch (error) {
    await disconnect(client);
    throw error;
  }
}

export const closePartitioned = ({ client }: PartitionedTarget): Promise<void> => disconnect(client);

function begunFeed(
  client: pg.Client,
  projection: Projection,
  partitions: readonly Partition[],
  log: EventLog,
) {
  return inTransaction(client, async () => {
    // The first process of all empties the tables, before any other has rows in them.
    await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `kontor.feed.${projection.name}`,
    ]);
    const checkpoint = await presentOrFirst(client, projection, log);
    if (checkpoint.version === projection.version) await beginFeed(client, projection, partitions);
    return checkpoint;
  });
}
