import { describeKey } from './memory-tables.js';
import type { Change, Columns } from './projection.js';
import {
  changeRow,
  columnOf,
  completeRow,
  ForbiddenChange,
  keyText,
  madeRow,
  type Row,
  type Shape,
} from './row.js';
import { canonical, combine, type RelativeOperation, type Value } from './values.js';

/** What is to happen to one column of a row that may or may not be there. */
export interface PendingColumn {
  readonly operation: 'set' | RelativeOperation;
  readonly value: Value;
}

/**
 * All changes of one row so far, composed to one, without knowing whether the row is in the table:
 * - `inserted`: a new row; the table must not have it.
 * - `changed`: columns of a row that is made if it isn't there.
 * - `deleted`: no row, whatever was there.
 * - `replaced`: deleted and made anew.
 * - `passed`: inserted and deleted again; the table must not have had it.
 */
export type PendingRow =
  | { readonly kind: 'inserted' | 'replaced' | 'passed'; readonly row: Row }
  | { readonly kind: 'changed'; readonly key: Row; readonly columns: Record<string, PendingColumn> }
  | { readonly kind: 'deleted'; readonly key: Row };

/** The pending row after one more change. Rows and columns of the former one may be reused. */
export function composed(shape: Shape, pending: PendingRow | undefined, change: Change): PendingRow {
  if (change.op === 'insert') return afterInsert(shape, pending, change.row);
  if (change.op === 'delete') return afterDelete(shape, pending, change.key);
  return afterChange(shape, pending, change);
}

function afterInsert(shape: Shape, pending: PendingRow | undefined, columns: Columns): PendingRow {
  const row = completeRow(shape, columns);
  switch (pending?.kind) {
    case undefined:
    case 'passed':
      return { kind: 'inserted', row };
    case 'deleted':
      return { kind: 'replaced', row };
    default:
      throw new ForbiddenChange(`${shape.name} has this row already: ${describeKey(shape, columns)}`);
  }
}

function afterDelete(shape: Shape, pending: PendingRow | undefined, key: Columns): PendingRow {
  if (pending?.kind === 'inserted' || pending?.kind === 'passed') return { kind: 'passed', row: pending.row };
  return { kind: 'deleted', key: keyOf(shape, key) };
}

type ColumnChange = Extract<Change, { readonly columns: Columns }>;

function afterChange(shape: Shape, pending: PendingRow | undefined, change: ColumnChange): PendingRow {
  switch (pending?.kind) {
    case 'inserted':
    case 'replaced':
      changeRow(shape, pending.row, change.op, change.columns);
      return pending;
    case 'passed':
      return { kind: 'inserted', row: madeRow(shape, change.op, change.key, change.columns) };
    case 'deleted':
      return { kind: 'replaced', row: madeRow(shape, change.op, change.key, change.columns) };
    default:
      return changedColumns(
        shape,
        pending ?? { kind: 'changed', key: keyOf(shape, change.key), columns: {} },
        change,
      );
  }
}

function changedColumns(
  shape: Shape,
  pending: Extract<PendingRow, { kind: 'changed' }>,
  { op, columns }: ColumnChange,
): PendingRow {
  for (const property in columns) {
    if (columns[property] === undefined) continue;
    const { type, nullable } = columnOf(shape, property);
    const value = canonical(type, columns[property]);
    if (op === 'set' && value === null && !nullable)
      throw new ForbiddenChange(`${shape.name}: the column ${property} can't be empty`);
    pending.columns[property] = composedColumn(shape, property, pending.columns[property], op, value);
  }
  return pending;
}

function composedColumn(
  shape: Shape,
  property: string,
  pending: PendingColumn | undefined,
  operation: 'set' | RelativeOperation,
  value: Value,
): PendingColumn {
  if (!pending || operation === 'set') return { operation, value };
  if (pending.operation !== 'set' && pending.operation !== operation)
    throw new ForbiddenChange(
      `${shape.name}: ${property} takes ${pending.operation} or ${operation}, not both`,
    );
  const { type } = columnOf(shape, property);
  return { operation: pending.operation, value: combine(operation, type, pending.value, value) };
}

function keyOf(shape: Shape, key: Columns): Row {
  const row: Row = {};
  for (const property of shape.key) row[property] = canonical(columnOf(shape, property).type, key[property]);
  return row;
}

/** The pending rows of one table, by key. */
export class PendingTable {
  readonly rows = new Map<string, PendingRow>();

  constructor(readonly shape: Shape) {}

  add(change: Change): void {
    const key = keyText(this.shape, change.op === 'insert' ? change.row : change.key);
    this.rows.set(key, composed(this.shape, this.rows.get(key), change));
  }
}
