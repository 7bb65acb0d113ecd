import type { Revision } from '../port.js';

/** Ids of about a hundred bytes. */
const maximalIds = 100_000;

/**
 * The ids that stand in the streams in use, each from its first event on, as this process last saw them. The server
 * stores an id again when it comes for the stream's tip; this is what recognises it without a read for each append.
 */
export class KnownStreams {
  /** The ids of a stream by revision; the stream that was longest not in use first. */
  readonly #streams = new Map<string, string[]>();
  #ids = 0;

  /** The first revision of which nothing is known. */
  next(stream: string): Revision {
    return this.#streams.get(stream)?.length ?? 0;
  }

  revisionOf(stream: string, eventId: string): Revision | undefined {
    const revision = this.#streams.get(stream)?.indexOf(eventId) ?? -1;
    return revision < 0 ? undefined : revision;
  }

  /** The events of these ids stand in the stream from a revision on. Those beyond a gap are not kept. */
  learn(stream: string, from: Revision, eventIds: readonly string[]): void {
    const known = this.#streams.get(stream) ?? [];
    if (from > known.length) return;
    this.#streams.delete(stream);
    this.#streams.set(stream, known);
    this.#ids -= known.length;
    eventIds.forEach((eventId, index) => (known[from + index] = eventId));
    this.#ids += known.length;
    for (const [oldest, { length }] of this.#streams) {
      if (this.#ids <= maximalIds || oldest === stream) return;
      this.#ids -= length;
      this.#streams.delete(oldest);
    }
  }
}
