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
  const texts = properties.map(textOf);
  const names = properties.map(nameOf).join(', ');
  const insert = `insert into ${table} as target (${names}) values (${properties.map(() => '%L').join(', ')})`;
  if (change.op === 'insert') return sql(insert, ...texts);

  const assignments = (given: string): string =>
    properties
      .filter((property) => !key.includes(property))
      .map(nameOf)
      .map((name) => `${name} = ${combined(change.op, `target.${name}`, `${given}.${name}`)}`)
      .join(', ');
  // A row that can't be made of what is given has to be there.
  const isComplete = Object.entries(columns).every(
    ([property, column]) => column.nullable || column.default !== undefined || properties.includes(property),
  );
  if (!isComplete) {
    const values = properties.map((property) => `(%L)::${columns[property]?.type}`).join(', ');
    const sameKey = key.map(nameOf).map((name) => `target.${name} = given.${name}`);
    return sql(
      `update ${table} as target set ${assignments('given')} from (values (${values})) as given (${names}) where ${sameKey.join(' and ')}`,
      ...texts,
    );
  }
  return sql(
    `${insert} on conflict (${key.map(nameOf).join(', ')}) do update set ${assignments('excluded')}`,
    ...texts,
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
  if (type === 'json' || type === 'jsonb') return JSON.stringify(value);
  if (type === 'timestamptz') return new Date(value as string | number | Date).toISOString();
  return String(value);
}
