import { type ColumnOptions, getMetadataArgsStorage } from 'typeorm';

/** How a column's values are held while they are folded, and written. */
export type ColumnType =
  | 'uuid'
  | 'text'
  | 'boolean'
  | 'integer'
  /** Minor units and positions: bigint in memory. */
  | 'bigint'
  /** Decimal text in memory, without trailing zeros. */
  | 'numeric'
  | 'date'
  /** ISO 8601 in UTC with milliseconds in memory; handlers may also give a Date or milliseconds since 1970. */
  | 'timestamptz'
  /** A plain JSON value in memory. */
  | 'jsonb'
  /** The same where it is much and seldom looked into: PostgreSQL keeps the text, and takes a quarter of the time to do so. */
  | 'json';

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  /** What a row starts with that is made by `set`, `add`, `min` or `max`. Without one and not nullable: rows are made by `insert` only. */
  readonly default?: unknown;
  readonly nullable?: boolean;
}

/** A table of a read model, as the engine sees it. */
export interface Table<Row extends object = object> {
  /** Without schema: `orders`. */
  readonly name: string;
  readonly key: readonly (keyof Row & string)[];
  /** Property name → column. */
  readonly columns: Readonly<Record<keyof Row & string, Column>>;
}

/** Reads a table from the decorators of its TypeORM entity: the one definition of its columns. */
export function tableOf<Row extends object>(entity: new () => Row): Table<Row> {
  const storage = getMetadataArgsStorage();
  const name = storage.tables.find(({ target }) => target === entity)?.name;
  if (!name) throw new Error(`${entity.name} is no entity with a table name`);
  const columns = storage.columns.filter(({ target }) => target === entity);
  return {
    name,
    key: columns
      .filter(({ options }) => options.primary)
      .map(({ propertyName }) => propertyName as keyof Row & string),
    columns: Object.fromEntries(
      columns.map(({ propertyName, options }) => [propertyName, columnOf(propertyName, options)]),
    ) as Table<Row>['columns'],
  };
}

function columnOf(propertyName: string, options: ColumnOptions): Column {
  // A default that only the database can compute would make a row in memory another than the row in the table.
  if (typeof options.default === 'function')
    throw new Error(`the default of ${propertyName} is not a plain value`);
  return {
    name: options.name ?? propertyName,
    type: options.type as ColumnType,
    nullable: options.nullable ?? false,
    ...(options.default === undefined ? {} : { default: options.default as unknown }),
  };
}
