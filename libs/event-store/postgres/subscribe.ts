import { Backoff, UntilAborted } from '#kontor/waiting';
import { type EventBatch, LogUnavailable, type SubscribeOptions } from '../port.js';
import type { Connections } from './connections.js';
import { type CursorPage, LogCursor } from './log-cursor.js';
import type { Tail } from './tail.js';

/** Catches up page by page, then waits for the tail; begins again after any outage where it was. */
export async function* subscribe(
  connections: Connections,
  tail: Tail,
  { after, filter, batchSize = 1000 }: SubscribeOptions,
  signal: AbortSignal,
): AsyncGenerator<EventBatch> {
  const cursor = new LogCursor(connections, after, batchSize, filter);
  const backoff = new Backoff();
  const untilAborted = new UntilAborted(signal);
  let isTold = false;
  tail.join();
  try {
    while (!signal.aborted) {
      let page: CursorPage | undefined;
      // Of a page that was fetched ahead it is not known whether it was asked for after the word.
      const told = isTold ? tail.known : undefined;
      try {
        page = await untilAborted.wait(cursor.read());
      } catch (error) {
        if (!(error instanceof LogUnavailable)) throw error;
        await backoff.pause(signal);
        continue;
      }
      if (!page) return;
      backoff.succeeded();
      const { events, position, isLast: caughtUp } = page;
      if (events.length > 0 || !caughtUp || !isTold) yield { events, position, caughtUp };
      isTold = caughtUp;
      if (caughtUp && told !== undefined && position < told) tail.disprove(told, position);
      if (caughtUp) await tail.beyond(position, untilAborted);
    }
  } finally {
    tail.leave();
    untilAborted.end();
  }
}
