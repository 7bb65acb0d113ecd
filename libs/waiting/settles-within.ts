import { setTimeout as pause } from 'node:timers/promises';

/** Whether something is done in so many milliseconds; rejects where it fails in them. */
export async function settlesWithin(promise: Promise<unknown>, ms: number): Promise<boolean> {
  const timer = new AbortController();
  const late = pause(Math.max(ms, 0), false, { signal: timer.signal }).catch(() => false);
  try {
    return await Promise.race([promise.then(() => true), late]);
  } finally {
    timer.abort();
  }
}
