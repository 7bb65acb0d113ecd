import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Fold } from '../fold.js';
import type { PendingRow, PendingTable } from '../pending-row.js';
import { columnOf, ForbiddenChange, type Row, type Shape } from '../row.js';
import type { RelativeOperation } from '../values.js';
import { statementName } from './statement-name.js';
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
const COPY_CHUNK_CHARACTERS = 256 * 1024;

/** Part of what is to be done within a transaction; parts that are begun in their order may be under way at once. */
export type Step = (client: pg.ClientBase) => Promise<unknown>;

/** What writes a fold's rows: a statement a table and operation. */
export interface Manner {
  /**
   * Not in a pipeline; nor where others wait for the transaction's locks, since no time-out of PostgreSQL's ends a COPY whose
   * client has stopped to send.
   */
  readonly mayCopy: boolean;
}

/** Writes what a fold has come to, within the caller's transaction. */
export async function writeFold(
  client: pg.ClientBase,
  schema: string,
  fold: Fold,
  manner: Manner,
): Promise<void> {
  for (const step of stepsOf(schema, fold, manner)) await step(client);
}

export function* stepsOf(schema: string, fold: Fold, manner: Manner): Generator<Step> {
  for (const table of fold.tables.values()) if (table.rows.size > 0) yield* tableSteps(schema, table, manner);
}

function* tableSteps(schema: string, { shape, rows }: PendingTable, manner: Manner): Generator<Step> {
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
  if (deleted.length > 0) yield deleting(schema, shape, deleted);
  if (inserted.length > 0) yield inserting(schema, shape, inserted, manner);
  yield* merging(schema, shape, changed);
  if (passed.length > 0) yield deleting(schema, shape, passed);
}

const deleting = (schema: string, shape: Shape, rows: readonly Row[]): Step =>
  running(deleteStatement(schema, shape), parametersOf(shape, shape.key, rows));

function inserting(schema: string, shape: Shape, rows: readonly Row[], { mayCopy }: Manner): Step {
  if (mayCopy && rows.length >= COPY_FROM_ROWS) return (client) => copyRows(client, schema, shape, rows);
  return running(insertStatement(schema, shape), parametersOf(shape, shape.properties, rows));
}

/** Prepared: to plan a statement takes longer than to change a few rows. */
const running =
  (text: string, values: (string | Buffer)[]): Step =>
  (client) =>
    client.query({ name: statementName(text), text, values });

async function copyRows(
  client: pg.ClientBase,
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
function* merging(schema: string, shape: Shape, changed: readonly Changed[]): Generator<Step> {
  for (const { operations, rows } of groupedByOperations(changed)) {
    const properties = [...shape.key, ...operations.keys()];
    yield running(mergeStatement(schema, shape, operations), parametersOf(shape, properties, rows));
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
