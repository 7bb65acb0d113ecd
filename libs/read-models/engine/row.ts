import type { Columns } from './projection.js';
import type { Column, Table } from './table.js';
import { canonical, combine, type RelativeOperation, type Value } from './values.js';

/** A complete row: every column by its property name, canonical. */
export type Row = Record<string, Value>;

/** What the engine needs to know of a table for each change, worked out once. */
export interface Shape {
  readonly table: Table;
  readonly name: string;
  readonly key: readonly string[];
  readonly properties: readonly string[];
  readonly columns: Readonly<Record<string, Column>>;
  readonly defaults: Row;
}

/** A change that the table's definition forbids: what a data error is in the database. */
export class ForbiddenChange extends Error {
  override readonly name = 'ForbiddenChange';
}

const shapes = new WeakMap<Table, Shape>();

export function shapeOf(table: Table): Shape {
  const known = shapes.get(table);
  if (known) return known;
  const columns: Readonly<Record<string, Column>> = table.columns;
  const shape: Shape = {
    table,
    name: table.name,
    key: table.key,
    properties: Object.keys(columns),
    columns,
    defaults: Object.fromEntries(
      Object.entries(columns).map(([property, { type, default: value }]) => [
        property,
        canonical(type, value),
      ]),
    ),
  };
  shapes.set(table, shape);
  return shape;
}

export function columnOf(shape: Shape, property: string): Column {
  const column = shape.columns[property];
  if (!column) throw new ForbiddenChange(`${shape.name} has no column ${property}`);
  return column;
}

/** The key of a row as one string. */
export function keyText(shape: Shape, columns: Columns): string {
  const [only, second] = shape.key;
  if (only === undefined) throw new ForbiddenChange(`${shape.name} has no key`);
  if (second === undefined) return keyPart(shape, columns, only);
  return shape.key.map((property) => keyPart(shape, columns, property)).join('\u0000');
}

function keyPart(shape: Shape, columns: Columns, property: string): string {
  const value = canonical(columnOf(shape, property).type, columns[property]);
  if (value === null) throw new ForbiddenChange(`${shape.name}: the key column ${property} is missing`);
  return String(value);
}

/** A row made of these columns, the others from their defaults. */
export function completeRow(shape: Shape, columns: Columns): Row {
  const row: Row = {};
  for (const property of shape.properties) {
    const given = columns[property];
    const column = columnOf(shape, property);
    const value = given === undefined ? (shape.defaults[property] ?? null) : canonical(column.type, given);
    if (value === null && !column.nullable)
      throw new ForbiddenChange(`${shape.name}: the column ${property} is missing and has no default`);
    row[property] = value;
  }
  return row;
}

/** Changes the columns of a row in place. */
export function changeRow(
  shape: Shape,
  row: Row,
  operation: 'set' | RelativeOperation,
  columns: Columns,
): void {
  for (const property in columns) {
    if (columns[property] === undefined) continue;
    const { type, nullable } = columnOf(shape, property);
    const operand = canonical(type, columns[property]);
    const value = operation === 'set' ? operand : combine(operation, type, row[property] ?? null, operand);
    if (value === null && !nullable)
      throw new ForbiddenChange(`${shape.name}: the column ${property} can't be empty`);
    row[property] = value;
  }
}

/** A row that was not there, made by a `set`, `add`, `min` or `max`. */
export function madeRow(
  shape: Shape,
  operation: 'set' | RelativeOperation,
  key: Columns,
  columns: Columns,
): Row {
  if (operation === 'set') return completeRow(shape, { ...columns, ...key });
  const start: Record<string, unknown> = { ...key };
  for (const property in columns) {
    if (columns[property] === undefined) continue;
    const { type } = columnOf(shape, property);
    start[property] = combine(
      operation,
      type,
      shape.defaults[property] ?? null,
      canonical(type, columns[property]),
    );
  }
  return completeRow(shape, start);
}
