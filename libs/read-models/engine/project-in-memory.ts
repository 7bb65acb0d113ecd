import type { LoggedEvent } from '#kontor/contracts';
import { MemoryTables } from './memory-tables.js';
import type { Projection } from './projection.js';

/** Folds events in log order, one after the other, just as the runner on Postgres does: what can't be applied parks its stream. */
export class MemoryProjection {
  readonly tables: MemoryTables;
  /** Events whose effect is missing: those that could not be applied and what came after them in their streams. */
  readonly parked: LoggedEvent[] = [];
  readonly #projection: Projection;
  readonly #parkedStreams = new Set<string>();

  constructor(projection: Projection) {
    this.#projection = projection;
    this.tables = new MemoryTables(projection);
  }

  apply(event: LoggedEvent): void {
    if (!this.#projection.handles.has(event.type)) return;
    if (this.#parkedStreams.has(event.stream)) {
      this.parked.push(event);
      return;
    }
    try {
      this.tables.apply(this.#projection.apply(event));
    } catch {
      this.#parkedStreams.add(event.stream);
      this.parked.push(event);
    }
  }
}

/** What the projection's tables hold after these events of the log, in log order. */
export function projectInMemory(projection: Projection, events: Iterable<LoggedEvent>): MemoryTables {
  const folding = new MemoryProjection(projection);
  for (const event of events) folding.apply(event);
  return folding.tables;
}
