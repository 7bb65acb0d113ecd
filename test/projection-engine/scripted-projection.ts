import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { EventLog } from '#kontor/event-store';
import {
  add,
  type Change,
  max,
  min,
  type Projection,
  projection,
  remove,
  set,
  type Table,
  tableOf,
} from '#kontor/read-models';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { startDatabase, type TestDatabase } from '../support/database.js';

/** A table with a column of each kind, that only these tests have. */
@Entity({ name: 'scripted_rows' })
export class ScriptedRow {
  @PrimaryColumn({ type: 'text' }) id!: string;
  @PrimaryColumn({ type: 'integer' }) part!: number;
  @Column({ type: 'bigint', default: 0 }) count!: number | bigint;
  @Column({ type: 'numeric', nullable: true }) amount!: string | null;
  @Column({ type: 'text', default: 'none' }) label!: string;
  @Column({ name: 'first_on', type: 'date', nullable: true }) firstOn!: string | null;
  @Column({ name: 'last_at', type: 'timestamptz', nullable: true }) lastAt!: string | null;
  @Column({ type: 'jsonb', nullable: true }) details!: unknown;
  @Column({ type: 'json', nullable: true }) verbatim!: unknown;
}
export const scriptedRows = tableOf(ScriptedRow);

const createTable = (name: string) => `
  CREATE TABLE read_models.${name} (
    id text NOT NULL, part integer NOT NULL, count bigint NOT NULL DEFAULT 0, amount numeric,
    label text NOT NULL DEFAULT 'none', first_on date, last_at timestamptz, details jsonb, verbatim json,
    CONSTRAINT ${name}_pkey PRIMARY KEY (id, part)
  );
  CREATE INDEX ${name}_label ON read_models.${name} (label);
  COMMENT ON TABLE read_models.${name} IS 'for tests'`;

/** A database with one of these tables. */
export async function startScriptedDatabase(...tables: readonly string[]): Promise<TestDatabase> {
  const database = await startDatabase();
  await withClient(database.projectorUrl, (client) =>
    client.query([scriptedRows.name, ...tables].map(createTable).join(';')),
  );
  return database;
}

type Columns = { readonly [Property in keyof ScriptedRow]?: ScriptedRow[Property] | undefined };
type Key = Pick<ScriptedRow, 'id' | 'part'>;
/** A change as JSON holds it; `fail` makes `apply` throw. */
export type Step =
  | { readonly op: 'insert'; readonly row: Columns & Key }
  | { readonly op: 'delete'; readonly key: Key }
  | {
      readonly op: 'set' | 'add' | 'min' | 'max';
      readonly key: Key;
      readonly columns: Columns;
    }
  | { readonly op: 'fail' };

/** A projection that does what its events say, to a table with the columns of `ScriptedRow`. */
export const scripted = (
  name: string,
  { version = 1, table = scriptedRows, applyOne = changeOf }: Partial<ScriptedOptions> = {},
): Projection =>
  projection(name, version, [table], {
    CustomerBlocked: ({ data }) => stepsOf(data).map((step) => applyOne(step, table)),
  });

interface ScriptedOptions {
  readonly version: number;
  readonly table: Table<ScriptedRow>;
  readonly applyOne: (step: Step, table: Table<ScriptedRow>) => Change;
}

/** The log hands events out as they were written, whatever their type promises. */
const stepsOf = (data: object): readonly Step[] => ('steps' in data ? (data.steps as readonly Step[]) : []);

const changes = { set, add, min, max };

export function changeOf(step: Step, table: Table<ScriptedRow>): Change {
  switch (step.op) {
    case 'fail':
      throw new Error('told to fail');
    case 'insert':
      return { ...remove(table, step.row), op: 'insert', row: step.row };
    case 'delete':
      return remove(table, step.key);
    default:
      return changes[step.op](table, step.key, step.columns);
  }
}

/** One more on a row's count. */
export const counted = (id: string): Step => ({ op: 'add', key: { id, part: 1 }, columns: { count: 1 } });

/** Appends an event that tells scripted projections what to do; resolves to its position. */
export async function appendScript(
  log: EventLog,
  stream: string,
  steps: readonly Step[],
  type = 'CustomerBlocked',
): Promise<bigint> {
  const events = await log.loadStream(stream);
  const outcome = await log.append(stream, events.at(-1)?.revision ?? 'no-stream', [
    { eventId: randomUUID(), type, data: JSON.stringify({ steps }), metadata: JSON.stringify({ schema: 1 }) },
  ]);
  if (outcome.kind !== 'appended') throw new Error(`append: ${outcome.kind}`);
  return outcome.position;
}

/** The table's rows in one order, whichever way they came about. */
export async function storedRows(url: string): Promise<readonly StoredRow[]> {
  return await withClient(url, async (client) => {
    const { rows } = await client.query<ScriptedRow>(`
      SELECT id, part, count, trim_scale(amount) AS amount, label, first_on::text AS "firstOn",
        to_char(last_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "lastAt", details, verbatim
      FROM read_models.scripted_rows`);
    return inOneOrder(rows);
  });
}

type StoredRow = { readonly [Property in keyof ScriptedRow]: unknown };

/** In the order of their keys, and with bigints as the driver gives them. */
export const inOneOrder = (rows: readonly StoredRow[]): readonly StoredRow[] =>
  rows
    .map((row) => ({ ...row, count: String(row.count) }))
    .toSorted((left, right) => keyOf(left).localeCompare(keyOf(right)));

const keyOf = ({ id, part }: Pick<StoredRow, 'id' | 'part'>): string => `${String(id)} ${String(part)}`;

export async function parkedPositions(url: string, projection: string): Promise<readonly bigint[]> {
  return await withClient(url, async (client) => {
    const { rows } = await client.query<{ position: string }>(
      'SELECT position FROM read_models.parked_events WHERE projection = $1 ORDER BY position',
      [projection],
    );
    return rows.map(({ position }) => BigInt(position));
  });
}

export async function withClient<Result>(
  url: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
