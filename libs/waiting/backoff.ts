import { setTimeout as delay } from 'node:timers/promises';

/** Pauses that double from 50 ms to 5 s, each shortened by chance so that many clients don't come back together. */
export class Backoff {
  #failures = 0;

  succeeded(): void {
    this.#failures = 0;
  }

  /** Ends early, and without an error, when the signal aborts. */
  async pause(signal: AbortSignal): Promise<void> {
    const longest = Math.min(50 * 2 ** this.#failures++, 5_000);
    await delay(longest * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => undefined);
  }
}
