import { BACKWARDS, END, FORWARDS, START, streamNameFilter } from '@eventstore/db-client';
import { LogReplaced, type Position, type RecordedEvent, type Revision, type StreamFilter } from '../port.js';
import { collectRead, collectSubscription, type Page } from './collect.js';
import type { Try } from './connection.js';
import { isNotFound, isUnknown, judge } from './failures.js';
import { placeOf, type ReadRecord } from './recorded-event.js';

/**
 * Each read is one page, taken whole, so that no call stays open while a reader thinks: a connection carries a hundred,
 * and the next one waits without an error.
 */

const nothing: Page = { records: [], isComplete: true };

/** Events that the server passes over before it shows a sign of life. */
const maxSearchWindow = 1000;

export interface StreamPart {
  readonly stream: string;
  readonly from: Revision | undefined;
  readonly direction: 'forwards' | 'backwards';
}

export function streamPage({ stream, from, direction }: StreamPart, records: number): Try<Page> {
  const isForwards = direction === 'forwards';
  return async (client, options) => {
    const read = client.readStream(stream, {
      ...options,
      fromRevision: from === undefined ? (isForwards ? START : END) : BigInt(from),
      direction: isForwards ? FORWARDS : BACKWARDS,
      maxCount: records,
    });
    try {
      return await collectRead(read, { records, silenceMs: options.deadline });
    } catch (error) {
      if (isNotFound(error)) return nothing;
      throw error;
    }
  };
}

/** The records before one (by default the last ones), descending. */
export function pageBefore(position: Position | undefined, records: number): Try<Page> {
  return (client, options) =>
    collectRead(
      client.readAll({
        ...options,
        direction: BACKWARDS,
        fromPosition: position === undefined ? END : placeOf(position),
        maxCount: records,
      }),
      { records, silenceMs: options.deadline },
    );
}

/** The record that begins at exactly this position. */
export function recordAt(position: Position): Try<ReadRecord | undefined> {
  return async (client, options) => {
    const read = client.readAll({
      ...options,
      direction: FORWARDS,
      fromPosition: placeOf(position),
      maxCount: 1,
    });
    try {
      const { records } = await collectRead(read, { records: 1, silenceMs: options.deadline });
      return records.find(({ event }) => event.position === position);
    } catch (error) {
      if (isUnknown(error) && judge(error) === 'final') return undefined;
      throw error;
    }
  };
}

/**
 * The records after one, the server's own left out: a page of a subscription, since only those take a filter.
 * @param after the position of a record, or 0
 */
export function pageAfter(after: Position, filter: StreamFilter | undefined, records: number): Try<Page> {
  return (client, options) =>
    collectSubscription(
      (checkpointReached) =>
        client.subscribeToAll({
          ...options,
          fromPosition: after === 0n ? START : placeOf(after),
          filter: serverFilter(filter, checkpointReached),
        }),
      { records, silenceMs: options.deadline },
    );
}

/** Between the events of callers, `$all` holds the server's own, in any number. */
export function serverFilter(filter: StreamFilter | undefined, checkpointReached: () => void) {
  const common = { maxSearchWindow, checkpointInterval: 1, checkpointReached };
  return filter
    ? streamNameFilter({ ...common, prefixes: [...filter.streamPrefixes] })
    : streamNameFilter({ ...common, regex: '^[^$]' });
}

/** @throws {LogReplaced} the record that a reader has seen there is gone, or is another */
export function requireRecord(position: Position, eventId: string | undefined): Try<RecordedEvent> {
  return async (client, options) => {
    const record = await recordAt(position)(client, options);
    if (!record) throw new LogReplaced(`no event begins at position ${position}`);
    const { event } = record;
    if (eventId !== undefined && event.eventId !== eventId)
      throw new LogReplaced(
        `event ${eventId} stood at position ${position}, where the log has ${event.eventId}`,
      );
    return event;
  };
}

/**
 * Position of the last event that readers see, 0 for none.
 * @param known a position that it had before, which ends the search
 */
export function lastVisible(known: Position): Try<Position> {
  return async (client, options) => {
    let before: Position | undefined;
    for (let records = 20; ; records = Math.min(records * 4, 1000)) {
      const page = await pageBefore(before, records)(client, options);
      const visible = page.records.find(({ isVisible }) => isVisible);
      if (visible) return visible.event.position;
      const oldest = page.records.at(-1)?.event.position;
      if (oldest === undefined || page.isComplete) return 0n;
      // Not on the first page: a log that ends before what was known is another one.
      if (before !== undefined && oldest <= known) return known;
      before = oldest;
    }
  };
}
