import QuickLRU from 'quick-lru';
import type { Position, RecordedEvent } from '../port.js';
import type { Try } from './connection.js';
import { pageBefore } from './reads.js';

/** How far a reader that starts in the middle looks back for a clock that was ahead. */
export const lookBack = 200;

/** Positions, at the most. */
const remembered = 1000;

/**
 * `recordedAt` never decreases along the log: the running maximum of the server's times, which a leader with a slower
 * clock may set back. Readers that go on from where another one was take its maximum over.
 */
export class RecordedTimes {
  // It keeps up to twice as many as it is told.
  readonly #latest = new QuickLRU<Position, number>({ maxSize: remembered / 2 });

  /** The latest time up to a position that a reader has seen. */
  at({ position, recordedAt }: RecordedEvent): Try<number> {
    const known = this.#latest.get(position);
    if (known !== undefined) return () => Promise.resolve(known);
    return async (client, options) => {
      const { records } = await pageBefore(position, lookBack)(client, options);
      return Math.max(recordedAt, ...records.map(({ event }) => event.recordedAt));
    };
  }

  /** The events of a page in log order, their times raised to the latest before each. */
  raise(events: readonly RecordedEvent[], latest: number): readonly RecordedEvent[] {
    let reached = latest;
    const raised = events.map((event) => {
      reached = Math.max(reached, event.recordedAt);
      return event.recordedAt === reached ? event : { ...event, recordedAt: reached };
    });
    const last = raised.at(-1);
    if (last) this.#latest.set(last.position, last.recordedAt);
    return raised;
  }
}
