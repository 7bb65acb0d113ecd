import type { Revision } from '../port.js';

/** Ids of about two hundred bytes. */
const maximalIds = 100_000;

/** What is known of one stream: its ids by revision, and where each stands. */
interface Known {
  readonly ids: string[];
  readonly revisions: Map<string, Revision>;
}

/**
 * The ids that stand in the streams in use, each from its first event on, as this process last saw them. The server
 * stores an id again when it comes for the stream's tip; this is what recognises it without a read for each append.
 */
export class KnownStreams {
  /** The stream that was longest not in use first. */
  readonly #streams = new Map<string, Known>();
  #ids = 0;

  /** The first revision of which nothing is known. */
  next(stream: string): Revision {
    return this.#streams.get(stream)?.ids.length ?? 0;
  }

  revisionOf(stream: string, eventId: string): Revision | undefined {
    return this.#streams.get(stream)?.revisions.get(eventId);
  }

  /** The events of these ids stand in the stream from a revision on. Those beyond a gap are not kept. */
  learn(stream: string, from: Revision, eventIds: readonly string[]): void {
    const known = this.#streams.get(stream) ?? { ids: [], revisions: new Map<string, Revision>() };
    const { ids, revisions } = known;
    if (from > ids.length) return;
    this.#streams.delete(stream);
    this.#streams.set(stream, known);
    this.#ids -= ids.length;
    for (const [index, eventId] of eventIds.entries()) {
      const revision = from + index;
      const before = ids[revision];
      if (before !== undefined && revisions.get(before) === revision) revisions.delete(before);
      ids[revision] = eventId;
      revisions.set(eventId, revision);
    }
    this.#ids += ids.length;
    for (const [oldest, { ids: forgotten }] of this.#streams) {
      if (this.#ids <= maximalIds || oldest === stream) return;
      this.#ids -= forgotten.length;
      this.#streams.delete(oldest);
    }
  }
}
