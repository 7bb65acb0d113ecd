import type { Change } from '#kontor/read-models';
import { sql, type Sql } from '../peers/emmett.js';

interface Column {
  readonly name: string;
  readonly type: string;
  readonly nullable?: boolean;
  readonly default?: unknown;
}

/** The statement that does to a table what a change says, on the row that is there or makes it. */
export function statementOf(change: Change): Sql {
  const columns: Readonly<Record<string, Column>> = change.table.columns;
  const key: readonly string[] = change.table.key;
  const table = `read_models.${change.table.name}`;
  const given = givenIn(change);
  const properties = Object.keys(given).filter((property) => given[property] !== undefined);
  const nameOf = (property: string): string => columns[property]?.name ?? property;
  const textOf = (property: string): string | null => literalOf(columns[property]?.type, given[property]);
  const withKey = key.map((property) => `${nameOf(property)} = %L`).join(' and ');

  if (change.op === 'delete') return sql(`delete from ${table} where ${withKey}`, ...key.map(textOf));
  const values = properties.map(() => '%L').join(', ');
  const insert = `insert into ${table} as target (${properties.map(nameOf).join(', ')}) values (${values})`;
  if (change.op === 'insert') return sql(insert, ...properties.map(textOf));

  const changed = properties.filter((property) => !key.includes(property));
  const assignments = (present: string, givenAs: (property: string) => string): string =>
    changed
      .map((property) => {
        const name = nameOf(property);
        return `${name} = ${combined(change.op, `${present}${name}`, givenAs(property))}`;
      })
      .join(', ');
  // A row that can't be made of what is given has to be there.
  const isComplete = Object.entries(columns).every(
    ([property, column]) => column.nullable || column.default !== undefined || properties.includes(property),
  );
  if (!isComplete)
    return sql(
      `update ${table} set ${assignments('', (property) => `(%L)::${columns[property]?.type}`)} where ${withKey}`,
      ...changed.map(textOf),
      ...key.map(textOf),
    );
  const update = assignments('target.', (property) => `excluded.${nameOf(property)}`);
  return sql(
    `${insert} on conflict (${key.map(nameOf).join(', ')}) do update set ${update}`,
    ...properties.map(textOf),
  );
}

function givenIn(change: Change): Readonly<Record<string, unknown>> {
  if (change.op === 'insert') return change.row;
  return change.op === 'delete' ? change.key : { ...change.columns, ...change.key };
}

function combined(operation: string, present: string, given: string): string {
  switch (operation) {
    case 'add':
      return `coalesce(${present} + ${given}, ${given}, ${present})`;
    case 'min':
      return `least(${present}, ${given})`;
    case 'max':
      return `greatest(${present}, ${given})`;
    default:
      return given;
  }
}

function literalOf(type: string | undefined, value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (type === 'jsonb') return JSON.stringify(value);
  if (type === 'timestamptz') return new Date(value as string | number | Date).toISOString();
  return String(value);
}
