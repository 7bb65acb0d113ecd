import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Fold } from '../fold.js';
import type { PendingRow, PendingTable } from '../pending-row.js';
import { columnOf, ForbiddenChange, type Row, type Shape } from '../row.js';
import type { RelativeOperation } from '../values.js';
import {
  copyStatement,
  deleteStatement,
  insertStatement,
  mergeStatement,
  parametersOf,
  type Operations,
} from './statements.js';
import { copyField } from './text-formats.js';

/** From so many rows on COPY is faster than one INSERT over arrays; below it costs a round trip more. */
const COPY_FROM_ROWS = 200;
/** JSON is mostly quotes, each of which an array would have to escape. */
const COPY_JSON_FROM_ROWS = 10;
const COPY_CHUNK_CHARACTERS = 256 * 1024;

export interface Writing {
  /** No time-out of PostgreSQL's ends a COPY whose client has stopped to send: not where others wait for the transaction's locks. */
  readonly mayCopy: boolean;
}

/** Writes what a fold has come to, one statement a table and operation, within the caller's transaction. */
export async function writeFold(
  client: pg.Client,
  schema: string,
  fold: Fold,
  writing: Writing = { mayCopy: true },
): Promise<void> {
  for (const table of fold.tables.values())
    if (table.rows.size > 0) await writeTable(client, schema, table, writing);
}

async function writeTable(
  client: pg.Client,
  schema: string,
  { shape, rows }: PendingTable,
  writing: Writing,
): Promise<void> {
  const deleted: Row[] = [];
  const inserted: Row[] = [];
  const passed: Row[] = [];
  const changed: Changed[] = [];
  for (const pending of rows.values()) {
    switch (pending.kind) {
      case 'changed':
        changed.push(pending);
        break;
      case 'deleted':
        deleted.push(pending.key);
        break;
      case 'replaced':
        deleted.push(pending.row);
        inserted.push(pending.row);
        break;
      case 'passed':
        passed.push(pending.row);
        inserted.push(pending.row);
        break;
      case 'inserted':
        inserted.push(pending.row);
    }
  }
  await deleteRows(client, schema, shape, deleted);
  await insertRows(client, schema, shape, inserted, writing);
  await mergeRows(client, schema, shape, changed);
  await deleteRows(client, schema, shape, passed);
}

async function deleteRows(
  client: pg.Client,
  schema: string,
  shape: Shape,
  rows: readonly Row[],
): Promise<void> {
  if (rows.length > 0)
    await client.query(deleteStatement(schema, shape), parametersOf(shape, shape.key, rows));
}

async function insertRows(
  client: pg.Client,
  schema: string,
  shape: Shape,
  rows: readonly Row[],
  { mayCopy }: Writing,
): Promise<void> {
  if (mayCopy && rows.length >= (hasJson(shape) ? COPY_JSON_FROM_ROWS : COPY_FROM_ROWS))
    await copyRows(client, schema, shape, rows);
  else if (rows.length > 0)
    await client.query(insertStatement(schema, shape), parametersOf(shape, shape.properties, rows));
}

const hasJson = (shape: Shape): boolean =>
  shape.properties.some((property) => columnOf(shape, property).type === 'jsonb');

async function copyRows(
  client: pg.Client,
  schema: string,
  shape: Shape,
  rows: readonly Row[],
): Promise<void> {
  await pipeline(
    Readable.from(copyChunks(shape, rows), { objectMode: false, highWaterMark: COPY_CHUNK_CHARACTERS }),
    client.query(copyFrom(copyStatement(schema, shape))),
  );
}

function* copyChunks(shape: Shape, rows: readonly Row[]): Generator<Buffer> {
  const columns = shape.properties.map((property) => ({ property, type: columnOf(shape, property).type }));
  let chunk = '';
  for (const row of rows) {
    let separator = '';
    for (const { property, type } of columns) {
      chunk += separator + copyField(type, row[property] ?? null);
      separator = '\t';
    }
    chunk += '\n';
    if (chunk.length < COPY_CHUNK_CHARACTERS) continue;
    yield Buffer.from(chunk);
    chunk = '';
  }
  if (chunk) yield Buffer.from(chunk);
}

type Changed = Extract<PendingRow, { kind: 'changed' }>;

/** Rows that `set` the same columns go together; operations that may be empty don't keep them apart. */
async function mergeRows(
  client: pg.Client,
  schema: string,
  shape: Shape,
  changed: readonly Changed[],
): Promise<void> {
  for (const { operations, rows } of groupedByOperations(changed)) {
    const properties = [...shape.key, ...operations.keys()];
    await client.query(mergeStatement(schema, shape, operations), parametersOf(shape, properties, rows));
  }
}

function groupedByOperations(changed: readonly Changed[]): Iterable<{ operations: Operations; rows: Row[] }> {
  const groups = new Map<string, { operations: Map<string, 'set' | RelativeOperation>; rows: Row[] }>();
  for (const { key, columns } of changed) {
    const row: Row = { ...key };
    const kinds = Object.entries(columns);
    const signature = kinds
      .filter(([, { operation }]) => operation === 'set')
      .map(([property]) => property)
      .toSorted()
      .join();
    let group = groups.get(signature);
    if (!group) groups.set(signature, (group = { operations: new Map(), rows: [] }));
    for (const [property, { operation, value }] of kinds) {
      row[property] = value;
      if ((group.operations.get(property) ?? operation) !== operation)
        throw new ForbiddenChange(
          `${property} takes ${group.operations.get(property)} or ${operation}, not both`,
        );
      group.operations.set(property, operation);
    }
    group.rows.push(row);
  }
  return groups.values();
}
