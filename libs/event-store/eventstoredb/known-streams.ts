import type { Revision } from '../port.js';

interface KnownStream {
  readonly revisions: Map<string, Revision>;
  /** The revision after the last one known. */
  next: Revision;
}

/** Ids of about a hundred bytes. */
const maximalIds = 100_000;

/**
 * The ids that stand in the streams in use, each from its first event on, as this process last saw them. The server
 * stores an id again when it comes for the stream's tip; this is what recognises it without a read for each append.
 */
export class KnownStreams {
  /** The longest unused first. */
  readonly #streams = new Map<string, KnownStream>();
  #ids = 0;

  /** The first revision of which nothing is known. */
  next(stream: string): Revision {
    return this.#streams.get(stream)?.next ?? 0;
  }

  revisionOf(stream: string, eventId: string): Revision | undefined {
    return this.#streams.get(stream)?.revisions.get(eventId);
  }

  /** The events of these ids stand in the stream from a revision on. Those beyond a gap are not kept. */
  learn(stream: string, from: Revision, eventIds: readonly string[]): void {
    const known = this.#streams.get(stream) ?? { revisions: new Map<string, Revision>(), next: 0 };
    if (from > known.next) return;
    this.#streams.delete(stream);
    this.#streams.set(stream, known);
    this.#ids -= known.revisions.size;
    eventIds.forEach((eventId, index) => known.revisions.set(eventId, from + index));
    this.#ids += known.revisions.size;
    known.next = Math.max(known.next, from + eventIds.length);
    this.#shrink();
  }

  forget(stream: string): void {
    this.#ids -= this.#streams.get(stream)?.revisions.size ?? 0;
    this.#streams.delete(stream);
  }

  #shrink(): void {
    for (const stream of this.#streams.keys()) {
      if (this.#ids <= maximalIds) return;
      this.forget(stream);
    }
  }
}
