import type { ReadEvent } from './read-event.js';

/** What is held in memory at once and applied in one transaction. */
export interface BatchBounds {
  readonly events: number;
  /** Characters of events' texts. */
  readonly size: number;
}

export const liveBounds: BatchBounds = { events: 2_000, size: 8 * 1024 * 1024 };

/** Collects events until they fill a batch. */
export class BatchInMaking {
  events: ReadEvent[] = [];
  #size = 0;

  constructor(private readonly bounds: BatchBounds) {}

  get isFull(): boolean {
    return this.events.length >= this.bounds.events || this.#size >= this.bounds.size;
  }

  add(event: ReadEvent): void {
    this.events.push(event);
    this.#size += event.size;
  }

  /** The events so far; a new batch begins. */
  take(): ReadEvent[] {
    const { events } = this;
    this.events = [];
    this.#size = 0;
    return events;
  }
}
