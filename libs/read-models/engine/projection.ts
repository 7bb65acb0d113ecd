import type { DomainEvent, EventType, LoggedEvent } from '#kontor/contracts';
import type { Table } from './table.js';

/** What an event does to one keyed row. */
export type Change =
  /** A new row, complete: every column of it comes from one stream. */
  | { readonly op: 'insert'; readonly table: Table; readonly row: Columns }
  /** Sets columns; each column that is set comes from one stream. The row is made if it isn't there. */
  | { readonly op: 'set'; readonly table: Table; readonly key: Columns; readonly columns: Columns }
  /** Adds to columns; a row that isn't there starts from the columns' defaults. */
  | { readonly op: 'add'; readonly table: Table; readonly key: Columns; readonly columns: Columns }
  /** Keeps the least, or the greatest, of what is there and what is given. A column takes `add` or `min` or `max`, never two of them. */
  | { readonly op: 'min' | 'max'; readonly table: Table; readonly key: Columns; readonly columns: Columns }
  /** Only for rows whose every column comes from one stream. */
  | { readonly op: 'delete'; readonly table: Table; readonly key: Columns };

export type Columns = Readonly<Record<string, unknown>>;

export type Apply<Event extends DomainEvent> = (event: LoggedEvent<Event>) => readonly Change[] | Change;

export type Handlers = { readonly [Type in EventType]?: Apply<Extract<DomainEvent, { type: Type }>> };

/**
 * A pure function of the log: which rows each event changes, computed from the event alone. A change of what it does needs a
 * new version: its tables are then built anew beside the live ones.
 */
export interface Projection {
  /** kebab-case, such as `customer-sales-history`; never renamed. */
  readonly name: string;
  readonly version: number;
  readonly tables: readonly Table[];
  readonly handles: ReadonlySet<EventType>;
  readonly apply: (event: LoggedEvent) => readonly Change[];
}

const asArray = (changes: readonly Change[] | Change): readonly Change[] =>
  Array.isArray(changes) ? (changes as readonly Change[]) : [changes as Change];

/** `handlers.any` sees every event, after the handler of its own type. */
export function projection(
  name: string,
  version: number,
  tables: readonly Table<never>[],
  handlers: Handlers & { readonly any?: Apply<DomainEvent> },
  everyType: readonly EventType[] = [],
): Projection {
  const { any, ...byType } = handlers;
  const typed = byType as Partial<Record<EventType, Apply<DomainEvent>>>;
  return {
    name,
    version,
    tables: tables as readonly Table[],
    handles: new Set(any ? everyType : (Object.keys(typed) as EventType[])),
    apply: (event) => {
      const own = typed[event.type]?.(event);
      return [...(own ? asArray(own) : []), ...(any ? asArray(any(event)) : [])];
    },
  };
}

/** Undefined: the column is not given. */
type Values<Row> = { readonly [Property in keyof Row]?: Row[Property] | undefined };

const untyped = <Row extends object>(table: Table<Row>): Table => table as unknown as Table;

const change =
  (op: 'set' | 'add' | 'min' | 'max') =>
  <Row extends object>(table: Table<Row>, key: Values<Row>, columns: Values<Row>): Change => ({
    op,
    table: untyped(table),
    key,
    columns,
  });

export const insert = <Row extends object>(table: Table<Row>, row: Row): Change => ({
  op: 'insert',
  table: untyped(table),
  row: row as Columns,
});
export const set = change('set');
export const add = change('add');
export const min = change('min');
export const max = change('max');
export const remove = <Row extends object>(table: Table<Row>, key: Values<Row>): Change => ({
  op: 'delete',
  table: untyped(table),
  key,
});
