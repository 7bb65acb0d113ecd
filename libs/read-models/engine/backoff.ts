import { setTimeout as pause } from 'node:timers/promises';

const FIRST_MS = 100;
const LONGEST_MS = 5_000;

/** Growing pauses between tries that fail one after the other. */
export class Backoff {
  #next = FIRST_MS;

  /** Something went well: the next pause is short again. */
  reset(): void {
    this.#next = FIRST_MS;
  }

  /** Ends early, without an error, when the signal aborts. */
  async wait(signal: AbortSignal): Promise<void> {
    const ms = this.#next * (0.75 + Math.random() / 2);
    this.#next = Math.min(this.#next * 2, LONGEST_MS);
    await pause(ms, undefined, { signal }).catch(() => {});
  }
}
