import type { Position, RecordedEvent, StreamFilter } from '../port.js';
import type { Page } from './collect.js';
import type { Connection } from './connection.js';
import { lastVisible, pageAfter, pageBefore, recordAt, requireRecord } from './reads.js';
import { lookBack, type RecordedTimes } from './recorded-times.js';

/** The last event that a reader has seen; its id is unknown where a reader begins. */
export interface Anchor {
  readonly position: Position;
  readonly eventId?: string;
}

export interface LogPage {
  readonly events: readonly RecordedEvent[];
  /** The next page comes after this record, which readers may not see. */
  readonly next: Anchor;
  /** The last event of those that readers see which was read or passed over. */
  readonly position: Position;
  /** The log ended there when it was read. */
  readonly isLast: boolean;
}

/** Pages of `$all` without the server's own events. Each one first makes sure that it continues what came before. */
export class LogPages {
  constructor(
    private readonly connection: Connection,
    private readonly times: RecordedTimes,
  ) {}

  /** The events after the anchor. @throws {LogReplaced} it is not in the log any more */
  after(anchor: Anchor, filter: StreamFilter | undefined, records: number): Promise<LogPage> {
    return this.connection.call(async (client, options) => {
      let latest = 0;
      if (anchor.position > 0n) {
        const seen = await requireRecord(anchor.position, anchor.eventId)(client, options);
        latest = await this.times.at(seen)(client, options);
      }
      // Whoever has caught up after this has seen all up to there, though a filter may have passed over it.
      const end = filter ? await lastVisible(anchor.position)(client, options) : 0n;
      const page = await pageAfter(anchor.position, filter, records)(client, options);
      return this.#toLogPage(page, anchor, latest, end, filter);
    });
  }

  /** The events before a position, by default the last ones, in descending order. */
  async before(position: Position | undefined, filter: StreamFilter | undefined, records: number) {
    const page = await this.connection.call(pageBefore(position, records + lookBack));
    const ascending = page.records.toReversed().map(({ event }) => event);
    const raised = this.times.raise(ascending, 0).toReversed().slice(0, records);
    const oldest = raised.at(-1)?.position;
    return {
      events: raised.filter((_, index) => page.records[index]?.isVisible).filter(matches(filter)),
      oldest,
      isLast: page.isComplete && page.records.length <= records,
    };
  }

  /**
   * The anchor of a reader that starts after a position: of an event, or the one directly before one.
   * @returns the event at which to start, where it is that one
   */
  async startAfter(position: Position): Promise<{ anchor: Anchor; first?: RecordedEvent }> {
    if (position <= 0n || (await this.connection.call(recordAt(position)))) return { anchor: { position } };
    const next = await this.connection.call(recordAt(position + 1n));
    if (!next) return { anchor: { position } };
    const { event } = next;
    const anchor = { position: event.position, eventId: event.eventId };
    if (!next.isVisible) return { anchor };
    const latest = await this.connection.call(this.times.at(event));
    return { anchor, first: { ...event, recordedAt: latest } };
  }

  #toLogPage(
    page: Page,
    anchor: Anchor,
    latest: number,
    end: Position,
    filter: StreamFilter | undefined,
  ): LogPage {
    const visible = page.records.filter(({ isVisible }) => isVisible).map(({ event }) => event);
    const events = this.times.raise(visible, latest).filter(matches(filter));
    const last = page.records.at(-1)?.event;
    const next = last ? { position: last.position, eventId: last.eventId } : anchor;
    const isPassed = page.isComplete && end > next.position;
    const position = isPassed ? end : (visible.at(-1)?.position ?? anchor.position);
    return { events, next: isPassed ? { position } : next, position, isLast: page.isComplete };
  }
}

export const matches =
  (filter: StreamFilter | undefined) =>
  ({ stream }: RecordedEvent): boolean =>
    !filter || filter.streamPrefixes.some((prefix) => stream.startsWith(prefix));
