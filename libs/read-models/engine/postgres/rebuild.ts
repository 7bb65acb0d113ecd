import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Position } from '#kontor/event-store';
import type { Projection } from '../projection.js';
import { holdCheckpoint, writeCheckpoint } from './checkpoints.js';
import { connect, disconnect, tryLock } from './connection.js';
import { foremostOfFeed } from './feed-positions.js';
import { catchUp, type CopyOptions, FreshCopy } from './fresh-copy.js';
import { writeParked } from './parked-events.js';
import { tableName } from './statements.js';
import { LIVE_SCHEMA, NEXT_SCHEMA } from './table-definitions.js';

export interface RebuildOptions extends Omit<CopyOptions, 'durable'> {
  readonly databaseUrl: string;
  /** Statements that make the views on the tables anew, in the transaction that puts the new tables in place. */
  readonly viewStatements: readonly string[];
}

export interface RebuildResult {
  readonly projection: string;
  readonly position: Position;
  readonly parked: number;
}

/**
 * Makes projections' tables anew in one pass over the log, beside the live ones, which reports read and the runner keeps up
 * meanwhile, and puts them in place, those of a projection in one transaction. Rejects, with everything as it was, when the
 * signal aborts.
 */
export async function rebuild(
  projections: readonly Projection[],
  options: RebuildOptions,
): Promise<readonly RebuildResult[]> {
  const making = { ...options, durable: true };
  return await withExclusiveCopies(projections, making, async (copies) => {
    await catchUp(copies, async () => (await options.log.head()).position, making);
    const { logId } = await options.log.head();
    const results: RebuildResult[] = [];
    for (const copy of copies) {
      await retryingWhereLocked(() => copy.atOnce('READ COMMITTED', () => putInPlace(copy, logId, options)));
      const { position, parked } = copy.reached;
      results.push({ projection: copy.projection.name, position, parked: parked.length });
    }
    return results;
  });
}

/** One rebuild or verification of a projection at a time. */
export async function withExclusiveCopies<Result>(
  projections: readonly Projection[],
  options: CopyOptions & Pick<RebuildOptions, 'databaseUrl'>,
  work: (copies: readonly FreshCopy[]) => Promise<Result>,
): Promise<Result> {
  const copies: FreshCopy[] = [];
  const clients: pg.Client[] = [];
  try {
    for (const projection of projections) {
      const client = await connect(options.databaseUrl, `kontor rebuild ${projection.name}`);
      clients.push(client);
      if (!(await tryLock(client, `kontor.rebuild.${projection.name}`)))
        throw new Error(`${projection.name} is being rebuilt or verified already`);
      copies.push(await FreshCopy.begin(client, projection, options));
    }
    const result = await work(copies);
    for (const { client, projection } of copies) {
      const left = projection.tables.map((table) => tableName(NEXT_SCHEMA, table)).join(', ');
      await client.query(`DROP TABLE IF EXISTS ${left}`);
    }
    return result;
  } finally {
    await Promise.all(clients.map(disconnect));
  }
}

async function putInPlace(copy: FreshCopy, logId: string, { viewStatements }: RebuildOptions): Promise<void> {
  const { client, projection } = copy;
  await client.query(`SET LOCAL lock_timeout = '5s'`);
  // From here on the live tables stand still; reports must not go back in time.
  const live = await holdCheckpoint(client, projection.name);
  if (live) await copy.readTo(live.position);
  const fed = await foremostOfFeed(client, projection.name);
  if (fed !== undefined) await copy.readTo(fed);

  const names = projection.tables.map((table) => tableName(LIVE_SCHEMA, table));
  const views = await dependentViews(client, names);
  if (views.length > 0) await client.query(`DROP VIEW ${views.join(', ')}`);
  await client.query(`DROP TABLE ${names.join(', ')}`);
  for (const table of projection.tables)
    await client.query(`ALTER TABLE ${tableName(NEXT_SCHEMA, table)} SET SCHEMA ${LIVE_SCHEMA}`);
  for (const statement of viewStatements) await client.query(statement);

  const { position, eventId, parked } = copy.reached;
  await client.query('DELETE FROM read_models.parked_events WHERE projection = $1', [projection.name]);
  await writeParked(client, projection.name, parked);
  const epoch = (live?.epoch ?? 0) + 1;
  await writeCheckpoint(client, projection.name, {
    version: projection.version,
    position,
    eventId,
    logId,
    epoch,
  });
}

async function dependentViews(client: pg.Client, tables: readonly string[]): Promise<readonly string[]> {
  const { rows } = await client.query<{ view: string }>(
    `WITH RECURSIVE dependent (oid) AS (
       SELECT unnest($1::regclass[])::oid
       UNION
       SELECT rule.ev_class
       FROM dependent
       JOIN pg_depend ON refclassid = 'pg_class'::regclass AND refobjid = dependent.oid AND classid = 'pg_rewrite'::regclass
       JOIN pg_rewrite rule ON rule.oid = objid
     )
     SELECT oid::regclass::text AS view FROM pg_class JOIN dependent USING (oid) WHERE relkind = 'v'`,
    [tables],
  );
  return rows.map(({ view }) => view);
}

const LOCK_NOT_AVAILABLE = '55P03';
const DEADLOCK_DETECTED = '40P01';

/** A report that takes long holds what the new tables are to replace; it is given way to. */
async function retryingWhereLocked(work: () => Promise<void>): Promise<void> {
  for (let triesLeft = 10; ; triesLeft--) {
    try {
      return await work();
    } catch (error) {
      const isLocked =
        error instanceof pg.DatabaseError &&
        [LOCK_NOT_AVAILABLE, DEADLOCK_DETECTED].includes(error.code ?? '');
      if (!isLocked || triesLeft === 1) throw error;
      await pause(1_000);
    }
  }
}
