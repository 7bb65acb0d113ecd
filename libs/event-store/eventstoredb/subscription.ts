import { type EventBatch, LogUnavailable, type SubscribeOptions } from '../port.js';
import { type Anchor, type LogPages, matches } from './log-pages.js';
import type { Tail } from './tail.js';

/** Follows the log: pages until it has caught up, then what the tail keeps; pages again if it falls behind that. */
export async function* subscribe(
  pages: LogPages,
  tail: Tail,
  { after, filter, batchSize = 1000 }: SubscribeOptions,
  signal: AbortSignal,
): AsyncGenerator<EventBatch> {
  const untilAborted = <T>(work: Promise<T>) => unlessAborted(unlessUnavailable(work), signal);
  let next: Anchor | undefined;
  let isFollowing = false;
  let isTold = false;
  const leave = () => {
    if (isFollowing) tail.leave();
    isFollowing = false;
  };
  // A consumer need not come back for more to be gone.
  signal.addEventListener('abort', leave, { once: true });
  try {
    while (!signal.aborted && !next) {
      const start = await untilAborted(pages.startAfter(after));
      next = start?.anchor;
      if (start?.first && matches(filter)(start.first))
        yield { events: [start.first], position: start.first.position, caughtUp: false };
    }
    let position = next?.position ?? after;
    while (!signal.aborted && next) {
      const changed = tail.changed;
      const kept = isFollowing ? tail.after(next.position, batchSize) : undefined;
      const last = kept?.at(-1);
      if (last) {
        next = { position: last.position, eventId: last.eventId };
        position = last.position;
        const caughtUp = tail.after(position, 1)?.length === 0;
        yield { events: kept?.filter(matches(filter)) ?? [], position, caughtUp };
      } else if (kept) {
        await untilAborted(changed);
      } else {
        const page = await untilAborted(pages.after(next, filter, batchSize));
        if (!page || signal.aborted) continue;
        const hasMoved = page.position > position;
        ({ next, position } = page);
        if (page.isLast && !isFollowing) {
          tail.join(next);
          isFollowing = true;
        }
        if (hasMoved || (page.isLast && !isTold))
          yield { events: page.events, position, caughtUp: page.isLast };
        isTold ||= page.isLast;
      }
    }
  } finally {
    signal.removeEventListener('abort', leave);
    leave();
  }
}

/** A subscription outlives any outage: what failed is done again. */
async function unlessUnavailable<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof LogUnavailable) return undefined;
    throw error;
  }
}

/** Unlike a race against one promise of the signal's, which would gather a reaction for each wait. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const abort = () => resolve(undefined);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
