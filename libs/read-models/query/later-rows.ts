import type { Position, RecordedEvent } from '#kontor/event-store';
import type { MemoryTables } from '../engine/memory-tables.js';
import { MemoryProjection } from '../engine/project-in-memory.js';
import { decoded } from '../engine/read-event.js';
import type { Stretch } from './log-tail.js';
import { type Later, RowsNeeded } from './question.js';
import type { GoneOn } from './snapshot.js';

/** What the log's last events add to an answer: they are read while the read models are asked. */
export class LaterRows {
  constructor(
    private readonly later: Pick<Later<never>, 'projection' | 'waitsFor'>,
    private readonly subject: string,
    private readonly reading: Promise<Stretch | undefined>,
  ) {}

  /**
   * The rows that are made by what comes after a position.
   *
   * @throws {RowsNeeded} not all of it is at hand, or some of it must be waited for
   */
  async after(position: Position): Promise<GoneOn> {
    const stretch = await this.reading;
    if (!stretch || stretch.after > position) throw new RowsNeeded();
    return {
      position: stretch.upTo,
      rows: this.#rowsOf(stretch.events.filter((event) => event.position > position)),
    };
  }

  #rowsOf(events: readonly RecordedEvent[]): MemoryTables {
    const { projection, waitsFor } = this.later;
    const subject = this.subject.toLowerCase();
    const folding = new MemoryProjection(projection);
    for (const stored of events) {
      // Few name it, and to parse them all takes longer.
      if (!stored.data.toLowerCase().includes(subject)) continue;
      const { decoded: event } = decoded(stored);
      if (waitsFor.has(stored.type) || event instanceof Error) throw new RowsNeeded();
      folding.apply(event);
    }
    if (folding.parked.length > 0) throw new RowsNeeded();
    return folding.tables;
  }
}
