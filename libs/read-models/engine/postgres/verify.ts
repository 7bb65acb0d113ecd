import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Position } from '#kontor/event-store';
import type { Projection } from '../projection.js';
import { columnOf, type Shape, shapeOf } from '../row.js';
import { readCheckpoints } from './checkpoints.js';
import { liftHold, placeHold } from './feed-positions.js';
import { catchUp, type FreshCopy } from './fresh-copy.js';
import { type RebuildOptions, withExclusiveCopies } from './rebuild.js';
import { columnName, columnNames, tableName } from './statements.js';
import { LIVE_SCHEMA, NEXT_SCHEMA } from './table-definitions.js';

/** So many differing rows of a table are named. */
const NAMED_ROWS = 100;

export interface DifferingRow {
  /** Column → value as text. */
  readonly key: Readonly<Record<string, string>>;
  /** Not there though the log has it, there though the log hasn't, or with other contents. */
  readonly kind: 'missing' | 'unexpected' | 'different';
}

export interface TableVerdict {
  readonly table: string;
  readonly equal: boolean;
  readonly rows: number;
  /** Number of rows that differ, of which the first are named. */
  readonly differing: number;
  readonly examples: readonly DifferingRow[];
}

export interface Verdict {
  readonly projection: string;
  /** Where live tables and replay were compared. */
  readonly position: Position;
  readonly equal: boolean;
  readonly tables: readonly TableVerdict[];
  /** Events whose effect the live tables, and the replay, leave out for now. */
  readonly parked: { readonly live: number; readonly replay: number };
}

/**
 * Compares projections' live tables with a replay of the whole log up to the same position, table digest by table digest.
 * The runner goes on meanwhile: the live tables are seen as they were at one position.
 */
export async function verify(
  projections: readonly Projection[],
  options: Omit<RebuildOptions, 'viewStatements'>,
): Promise<readonly Verdict[]> {
  const making = { ...options, durable: false };
  return await withExclusiveCopies(projections, making, async (copies) => {
    const lowest = async (): Promise<Position> => {
      const positions = await Promise.all(
        copies.map(({ client, projection }) => livePosition(client, projection)),
      );
      return positions.reduce((least, position) => (position < least ? position : least));
    };
    await catchUp(copies, lowest, making);
    const verdicts: Verdict[] = [];
    for (const copy of copies) verdicts.push(await verdictOn(copy));
    return verdicts;
  });
}

function verdictOn(copy: FreshCopy): Promise<Verdict> {
  const { client, projection } = copy;
  return whereFeedStandsStill(client, projection, () =>
    copy.atOnce('REPEATABLE READ', async () => {
      const position = await livePosition(client, projection);
      await copy.readTo(position);
      if (copy.reached.position !== position)
        throw new Error(
          `the log ends at ${copy.reached.position}, before what ${projection.name} has seen: ${position}`,
        );
      const tables: TableVerdict[] = [];
      for (const table of projection.tables) tables.push(await compare(client, shapeOf(table)));
      return {
        projection: projection.name,
        position,
        equal: tables.every(({ equal }) => equal),
        tables,
        parked: { live: await countLiveParked(client, projection), replay: copy.reached.parked.length },
      };
    }),
  );
}

/** So long the partitions of a feed may take to come to the furthest of them. */
const STANDSTILL_DEADLINE_MS = 60_000;

/** Partitions run ahead of the checkpoint, each by itself: they stop at one position while they are compared. */
async function whereFeedStandsStill<Result>(
  client: pg.Client,
  projection: Projection,
  work: () => Promise<Result>,
): Promise<Result> {
  const position = await placeHold(client, projection.name);
  if (position === undefined) return await work();
  try {
    const deadline = performance.now() + STANDSTILL_DEADLINE_MS;
    while ((await livePosition(client, projection)) < position) {
      if (performance.now() > deadline)
        throw new Error(
          `the feed of ${projection.name} does not come to position ${position}: is the relay running?`,
        );
      await pause(50);
    }
    return await work();
  } finally {
    await liftHold(client, projection.name);
  }
}

async function livePosition(client: pg.Client, { name, version }: Projection): Promise<Position> {
  const checkpoint = (await readCheckpoints(client)).get(name);
  if (checkpoint?.version !== version)
    throw new Error(
      `${name} was made by version ${checkpoint?.version ?? 'none'}, this is ${version}: rebuild it`,
    );
  return checkpoint.position;
}

async function compare(client: pg.Client, shape: Shape): Promise<TableVerdict> {
  const live = await digest(client, shape, LIVE_SCHEMA);
  const replay = await digest(client, shape, NEXT_SCHEMA);
  const equal = live.digest === replay.digest;
  const differences = equal ? { differing: 0, examples: [] } : await differingRows(client, shape);
  return { table: shape.name, equal, rows: live.rows, ...differences };
}

/** Equal rows hash alike by their columns' own equality, and sums don't depend on their order: 128 bits and the count. */
async function digest(
  client: pg.Client,
  shape: Shape,
  schema: string,
): Promise<{ rows: number; digest: string }> {
  const { rows } = await client.query<{ rows: number; digest: string }>(
    `SELECT count(*)::integer AS rows, concat_ws(' ', count(*), sum(hash_record_extended(content, 0)::numeric),
       sum(hash_record_extended(content, 1)::numeric)) AS digest
     FROM (SELECT ${comparable(shape, 'it')} FROM ${tableName(schema, shape)} it) content`,
  );
  return rows[0] ?? { rows: 0, digest: '' };
}

async function differingRows(
  client: pg.Client,
  shape: Shape,
): Promise<{ differing: number; examples: readonly DifferingRow[] }> {
  const [first = ''] = shape.key.map((property) => columnName(shape, property));
  const key = shape.key.map(
    (property) => `${pg.escapeLiteral(columnOf(shape, property).name)}, ${columnName(shape, property)}::text`,
  );
  const { rows } = await client.query<DifferingRow & { differing: number }>(
    `SELECT jsonb_build_object(${key.join(', ')}) AS key, count(*) OVER ()::integer AS differing,
       CASE WHEN live.${first} IS NULL THEN 'missing' WHEN replay.${first} IS NULL THEN 'unexpected' ELSE 'different' END AS kind
     FROM ${tableName(LIVE_SCHEMA, shape)} live
     FULL JOIN ${tableName(NEXT_SCHEMA, shape)} replay USING (${columnNames(shape, shape.key)})
     WHERE ROW(${comparable(shape, 'live')}) IS DISTINCT FROM ROW(${comparable(shape, 'replay')})
     LIMIT ${NAMED_ROWS}`,
  );
  return { differing: rows[0]?.differing ?? 0, examples: rows.map(({ key, kind }) => ({ key, kind })) };
}

/** A row's columns, as types that have an equality. */
const comparable = (shape: Shape, row: string): string =>
  shape.properties
    .map((property) => {
      const column = `${row}.${columnName(shape, property)}`;
      return columnOf(shape, property).type === 'json' ? `${column}::text` : column;
    })
    .join(', ');

async function countLiveParked(client: pg.Client, { name }: Projection): Promise<number> {
  const { rows } = await client.query<{ parked: number }>(
    'SELECT count(*)::integer AS parked FROM read_models.parked_events WHERE projection = $1',
    [name],
  );
  return rows[0]?.parked ?? 0;
}
