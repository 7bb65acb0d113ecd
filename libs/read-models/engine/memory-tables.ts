import type { Change, Columns, Projection } from './projection.js';
import {
  changeRow,
  completeRow,
  ForbiddenChange,
  keyText,
  madeRow,
  type Row,
  type Shape,
  shapeOf,
} from './row.js';
import type { Table } from './table.js';

/** The tables of a projection, held in memory. Rows stand in the order in which they were made. */
export class MemoryTables {
  readonly #tables: ReadonlyMap<string, Map<string, Row>>;

  constructor({ tables }: Pick<Projection, 'tables'>) {
    this.#tables = new Map(tables.map(({ name }) => [name, new Map<string, Row>()]));
  }

  /** Copies of a table's rows, every column canonical (`ColumnType` tells the forms). */
  rows<Content extends object>(table: Table<Content>): Content[] {
    return Array.from(this.#rowsOf(table.name).values(), (row) => ({ ...row }) as Content);
  }

  /** All changes of one event, or none: a forbidden one throws and leaves the tables as they were. */
  apply(changes: readonly Change[]): void {
    const undo: (() => void)[] = [];
    try {
      for (const change of changes) this.#applyOne(change, undo);
    } catch (error) {
      for (const step of undo.toReversed()) step();
      throw error;
    }
  }

  #applyOne(change: Change, undo: (() => void)[]): void {
    const shape = shapeOf(change.table);
    const rows = this.#rowsOf(shape.name);
    const key = keyText(shape, change.op === 'insert' ? change.row : change.key);
    const present = rows.get(key);
    const row = after(shape, present, change);
    if (row) rows.set(key, row);
    else rows.delete(key);
    undo.push(() => (present ? rows.set(key, present) : rows.delete(key)));
  }

  #rowsOf(name: string): Map<string, Row> {
    const rows = this.#tables.get(name);
    if (!rows) throw new ForbiddenChange(`the projection has no table ${name}`);
    return rows;
  }
}

function after(shape: Shape, present: Row | undefined, change: Change): Row | undefined {
  if (change.op === 'delete') return undefined;
  if (change.op === 'insert') {
    if (present)
      throw new ForbiddenChange(`${shape.name} has this row already: ${describeKey(shape, change.row)}`);
    return completeRow(shape, change.row);
  }
  if (!present) return madeRow(shape, change.op, change.key, change.columns);
  const changed = { ...present };
  changeRow(shape, changed, change.op, change.columns);
  return changed;
}

export const describeKey = (shape: Shape, columns: Columns): string =>
  shape.key.map((property) => `${property} ${String(columns[property])}`).join(', ');
