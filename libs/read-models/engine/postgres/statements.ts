import pg from 'pg';
import { columnOf, type Row, type Shape } from '../row.js';
import type { RelativeOperation, Value } from '../values.js';
import { arrayOf, textOf } from './text-formats.js';

const quoted = (name: string): string => pg.escapeIdentifier(name);

export const tableName = (schema: string, shape: Pick<Shape, 'name'>): string =>
  `${quoted(schema)}.${quoted(shape.name)}`;

export const columnName = (shape: Shape, property: string): string => quoted(columnOf(shape, property).name);

export const columnNames = (shape: Shape, properties: readonly string[]): string =>
  properties.map((property) => columnName(shape, property)).join(', ');

/** Rows as a FROM item named `given`, one array parameter a column. */
const given = (shape: Shape, properties: readonly string[]): string => {
  const arrays = properties.map((property, index) => `$${index + 1}::${columnOf(shape, property).type}[]`);
  return `unnest(${arrays.join(', ')}) AS given (${columnNames(shape, properties)})`;
};

const sameKey = (shape: Shape): string =>
  shape.key
    .map((property) => columnName(shape, property))
    .map((name) => `target.${name} = given.${name}`)
    .join(' AND ');

export const insertStatement = (schema: string, shape: Shape): string =>
  `INSERT INTO ${tableName(schema, shape)} (${columnNames(shape, shape.properties)})
   SELECT * FROM ${given(shape, shape.properties)}`;

export const copyStatement = (schema: string, shape: Shape): string =>
  `COPY ${tableName(schema, shape)} (${columnNames(shape, shape.properties)}) FROM STDIN`;

export const deleteStatement = (schema: string, shape: Shape): string =>
  `DELETE FROM ${tableName(schema, shape)} target USING ${given(shape, shape.key)} WHERE ${sameKey(shape)}`;

/** Which columns a statement changes, and how. */
export type Operations = ReadonlyMap<string, 'set' | RelativeOperation>;

/**
 * Changes rows, and makes those that are not there. MERGE, since INSERT … ON CONFLICT would want a value for each column
 * that can't be empty even where the row is there. An empty operand of a relative operation changes nothing.
 */
export function mergeStatement(schema: string, shape: Shape, operations: Operations): string {
  const properties = [...operations.keys()];
  const changes = properties.map(
    (property) => `${columnName(shape, property)} = ${changed(shape, property, operations, 'target')}`,
  );
  const starts = properties.map((property) => changed(shape, property, operations, 'default'));
  return `MERGE INTO ${tableName(schema, shape)} target
   USING ${given(shape, [...shape.key, ...properties])} ON ${sameKey(shape)}
   WHEN MATCHED THEN ${changes.length > 0 ? `UPDATE SET ${changes.join(', ')}` : 'DO NOTHING'}
   WHEN NOT MATCHED THEN INSERT (${columnNames(shape, [...shape.key, ...properties])})
   VALUES (${[...shape.key.map((property) => `given.${columnName(shape, property)}`), ...starts].join(', ')})`;
}

function changed(shape: Shape, property: string, operations: Operations, from: 'target' | 'default'): string {
  const name = columnName(shape, property);
  const operand = `given.${name}`;
  const present = from === 'target' ? `target.${name}` : defaultOf(shape, property);
  switch (operations.get(property)) {
    case 'add':
      // Either may be empty: the other one then stands as it is.
      return `coalesce(${present} + ${operand}, ${operand}, ${present})`;
    case 'min':
      return `least(${present}, ${operand})`;
    case 'max':
      return `greatest(${present}, ${operand})`;
    default:
      return operand;
  }
}

function defaultOf(shape: Shape, property: string): string {
  const { type } = columnOf(shape, property);
  const value: Value = shape.defaults[property] ?? null;
  return value === null ? `NULL::${type}` : `${pg.escapeLiteral(textOf(type, value))}::${type}`;
}

/** Parameters of a statement over `given`: the rows turned to columns. */
export const parametersOf = (
  shape: Shape,
  properties: readonly string[],
  rows: readonly Row[],
): (string | Buffer)[] =>
  properties.map((property) => {
    const { type } = columnOf(shape, property);
    return arrayOf(
      type,
      rows.map((row) => row[property] ?? null),
    );
  });
