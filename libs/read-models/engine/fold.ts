import type { LoggedEvent } from '#kontor/contracts';
import { PendingTable } from './pending-row.js';
import type { Projection } from './projection.js';
import { ForbiddenChange, shapeOf } from './row.js';

/** The changes of many events, composed to at most one change a row. */
export class Fold {
  readonly tables: ReadonlyMap<string, PendingTable>;
  readonly #projection: Projection;

  constructor(projection: Projection) {
    this.#projection = projection;
    this.tables = new Map(projection.tables.map((table) => [table.name, new PendingTable(shapeOf(table))]));
  }

  /** Rows held: what the memory of a fold is bounded by. */
  get size(): number {
    let size = 0;
    for (const { rows } of this.tables.values()) size += rows.size;
    return size;
  }

  /** Throws where the event can't be applied; the fold is then of no more use. */
  add(event: LoggedEvent): void {
    for (const change of this.#projection.apply(event)) {
      const pending = this.tables.get(change.table.name);
      if (!pending) throw new ForbiddenChange(`${this.#projection.name} has no table ${change.table.name}`);
      pending.add(change);
    }
  }
}
