import { getMetadataArgsStorage } from 'typeorm';

/** How a column's values are held while they are folded, and written. */
export type ColumnType =
  | 'uuid'
  | 'text'
  | 'boolean'
  | 'integer'
  /** Minor units and positions: bigint in memory. */
  | 'bigint'
  /** Decimal text in memory. */
  | 'numeric'
  | 'date'
  | 'timestamptz'
  /** A plain JSON value in memory. */
  | 'jsonb';

/** A table of a read model, as the engine sees it. */
export interface Table<Row extends object = object> {
  /** Without schema: `orders`. */
  readonly name: string;
  readonly key: readonly (keyof Row & string)[];
  /** Property name → column name and type. */
  readonly columns: Readonly<Record<keyof Row & string, { readonly name: string; readonly type: ColumnType }>>;
}

/** Reads a table from the decorators of its TypeORM entity: the one definition of its columns. */
export function tableOf<Row extends object>(entity: new () => Row): Table<Row> {
  const storage = getMetadataArgsStorage();
  const name = storage.tables.find(({ target }) => target === entity)?.name;
  if (!name) throw new Error(`${entity.name} is no entity with a table name`);
  const columns = storage.columns.filter(({ target }) => target === entity);
  return {
    name,
    key: columns.filter(({ options }) => options.primary).map(({ propertyName }) => propertyName as keyof Row & string),
    columns: Object.fromEntries(
      columns.map(({ propertyName, options }) => [
        propertyName,
        { name: options.name ?? propertyName, type: options.type as ColumnType },
      ]),
    ) as Table<Row>['columns'],
  };
}
