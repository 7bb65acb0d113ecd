import pg from 'pg';
import type { PreparedStatement, Statement } from '#kontor/postgres';
import { columnOf, type Row, type Shape } from '../row.js';
import type { Column } from '../table.js';
import type { RelativeOperation, Value } from '../values.js';
import { statementName } from './statement-name.js';
import { arrayOf, textOf } from './text-formats.js';

const quoted = (name: string): string => pg.escapeIdentifier(name);

export const tableName = (schema: string, shape: Pick<Shape, 'name'>): string =>
  `${quoted(schema)}.${quoted(shape.name)}`;

export const columnName = (shape: Shape, property: string): string => quoted(columnOf(shape, property).name);

export const columnNames = (shape: Shape, properties: readonly string[]): string =>
  properties.map((property) => columnName(shape, property)).join(', ');

/**
 * Up to so many rows a statement has a parameter for each value, beyond an array for each column: to unfold an array for each of twenty
 * columns takes longer than to insert a few rows.
 */
const FEW_ROWS = 8;

/** A property of rows that is given as a parameter. */
interface GivenColumn {
  readonly property: string;
  readonly name: string;
  readonly type: Column['type'];
}

const givenColumns = (shape: Shape, properties: readonly string[]): GivenColumn[] =>
  properties.map((property) => {
    const { name, type } = columnOf(shape, property);
    return { property, name: quoted(name), type };
  });

/** Rows as a FROM item named `given`. */
function givenRows(columns: readonly GivenColumn[], rows: number): string {
  const named = `given (${columns.map(({ name }) => name).join(', ')})`;
  if (rows > FEW_ROWS)
    return `unnest(${columns.map(({ type }, index) => `$${index + 1}::${type}[]`).join(', ')}) AS ${named}`;
  const tuples = Array.from({ length: rows }, (_, row) =>
    columns.map(({ type }, index) => `$${row * columns.length + index + 1}::${type}`).join(', '),
  );
  return `(VALUES (${tuples.join('), (')})) AS ${named}`;
}

/** What the parameters of `givenRows` stand for. */
function parametersOf(columns: readonly GivenColumn[], rows: readonly Row[]): PreparedStatement['values'] {
  if (rows.length > FEW_ROWS)
    return columns.map(({ property, type }) =>
      arrayOf(
        type,
        rows.map((row) => row[property] ?? null),
      ),
    );
  const values: PreparedStatement['values'] = [];
  for (const row of rows)
    for (const { property, type } of columns) {
      const value = row[property] ?? null;
      values.push(value === null ? null : textOf(type, value));
    }
  return values;
}

const sameKey = (shape: Shape): string =>
  shape.key
    .map((property) => columnName(shape, property))
    .map((name) => `target.${name} = given.${name}`)
    .join(' AND ');

interface KnownStatement extends Statement {
  readonly columns: readonly GivenColumn[];
}
const known = new WeakMap<Shape, Map<string, KnownStatement>>();

/** A text is put together once; it is prepared, since to plan it takes longer than to change a few rows. */
function prepared(
  { shape, rows, properties }: Given,
  what: string,
  textOver: (given: string) => string,
): PreparedStatement {
  let statements = known.get(shape);
  if (!statements) known.set(shape, (statements = new Map()));
  const count = Math.min(rows.length, FEW_ROWS + 1);
  const key = `${what} ${count}`;
  let statement = statements.get(key);
  if (!statement) {
    const columns = givenColumns(shape, properties);
    const text = textOver(givenRows(columns, count));
    statements.set(key, (statement = { name: statementName(text), text, columns }));
  }
  const { name, text, columns } = statement;
  return { name, text, values: parametersOf(columns, rows) };
}

/** Rows, of which these properties are given as parameters. */
interface Given {
  readonly shape: Shape;
  readonly properties: readonly string[];
  readonly rows: readonly Row[];
}

export const insertion = (schema: string, shape: Shape, rows: readonly Row[]): PreparedStatement =>
  prepared(
    { shape, properties: shape.properties, rows },
    `insert ${schema}`,
    (given) =>
      `INSERT INTO ${tableName(schema, shape)} (${columnNames(shape, shape.properties)}) SELECT * FROM ${given}`,
  );

export const copyStatement = (schema: string, shape: Shape): string =>
  `COPY ${tableName(schema, shape)} (${columnNames(shape, shape.properties)}) FROM STDIN`;

export const deletion = (schema: string, shape: Shape, rows: readonly Row[]): PreparedStatement =>
  prepared(
    { shape, properties: shape.key, rows },
    `delete ${schema}`,
    (given) => `DELETE FROM ${tableName(schema, shape)} target USING ${given} WHERE ${sameKey(shape)}`,
  );

/** Which columns a statement changes, and how. */
export type Operations = ReadonlyMap<string, 'set' | RelativeOperation>;

/**
 * Changes rows, and makes those that are not there. MERGE, since INSERT … ON CONFLICT would want a value for each column
 * that can't be empty even where the row is there. An empty operand of a relative operation changes nothing.
 */
export function merge(
  schema: string,
  shape: Shape,
  operations: Operations,
  rows: readonly Row[],
): PreparedStatement {
  const properties = [...shape.key, ...operations.keys()];
  const what = `merge ${schema} ${[...operations].join(' ')}`;
  return prepared({ shape, properties, rows }, what, (given) => mergeText(schema, shape, operations, given));
}

function mergeText(schema: string, shape: Shape, operations: Operations, given: string): string {
  const properties = [...operations.keys()];
  const changes = properties.map(
    (property) => `${columnName(shape, property)} = ${changed(shape, property, operations, 'target')}`,
  );
  const starts = properties.map((property) => changed(shape, property, operations, 'default'));
  return `MERGE INTO ${tableName(schema, shape)} target
   USING ${given} ON ${sameKey(shape)}
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
