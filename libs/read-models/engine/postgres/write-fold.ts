import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { PreparedStatement } from '#kontor/postgres';
import type { Fold } from '../fold.js';
import type { PendingRow, PendingTable } from '../pending-row.js';
import { columnOf, ForbiddenChange, type Row, type Shape } from '../row.js';
import type { RelativeOperation } from '../values.js';
import { copyStatement, deletion, insertion, merge, type Operations } from './statements.js';
import { copyField } from './text-formats.js';

/** From so many rows on COPY is faster than one INSERT over arrays; below it costs a round trip more. */
const COPY_FROM_ROWS = 200;
const COPY_CHUNK_CHARACTERS = 256 * 1024;

type Copy = (client: pg.ClientBase) => Promise<void>;

/** Writes what a fold has come to, within the caller's transaction; many new rows of a table by COPY. */
export async function writeFold(client: pg.ClientBase, schema: string, fold: Fold): Promise<void> {
  const inserting = (shape: Shape, rows: readonly Row[]): PreparedStatement | Copy =>
    rows.length < COPY_FROM_ROWS ? insertion(schema, shape, rows) : (to) => copyRows(to, schema, shape, rows);
  for (const table of fold.tables.values())
    for (const step of stepsOf(schema, table, inserting))
      await (typeof step === 'function' ? step(client) : client.query(step));
}

/**
 * The same as statements, a few a table. For a pipeline; and where others wait for the transaction's locks, since no time-out of
 * PostgreSQL's ends a COPY whose client has stopped to send.
 */
export const statementsOf = (schema: string, fold: Fold): PreparedStatement[] =>
  [...fold.tables.values()].flatMap((table) => [
    ...stepsOf(schema, table, (shape, rows) => insertion(schema, shape, rows)),
  ]);

function* stepsOf<Insertion>(
  schema: string,
  { shape, rows }: PendingTable,
  inserting: (shape: Shape, rows: readonly Row[]) => Insertion,
): Generator<PreparedStatement | Insertion> {
  if (rows.size === 0) return;
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
  if (deleted.length > 0) yield deletion(schema, shape, deleted);
  if (inserted.length > 0) yield inserting(shape, inserted);
  yield* merges(schema, shape, changed);
  if (passed.length > 0) yield deletion(schema, shape, passed);
}

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
function* merges(schema: string, shape: Shape, changed: readonly Changed[]): Generator<PreparedStatement> {
  for (const { operations, rows } of groupedByOperations(changed)) {
    yield merge(schema, shape, operations, rows);
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
