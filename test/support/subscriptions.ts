import type { EventBatch, RecordedEvent } from '#kontor/event-store';

/** Follows a subscription in the background and keeps what it brings. */
export class Follower {
  readonly events: RecordedEvent[] = [];
  /** Resolves when the subscription ends, rejects with its error. */
  readonly ended: Promise<void>;
  readonly #end = new AbortController();
  readonly #waiting = new Set<() => void>();
  #position = -1n;

  constructor(subscribe: (signal: AbortSignal) => AsyncIterable<EventBatch>) {
    this.ended = this.#follow(subscribe(this.#end.signal));
    this.ended.catch(() => undefined);
  }

  /** Resolves when everything up to the position has been seen; rejects if the subscription fails before. */
  async reached(position: bigint): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const check = () => this.#position >= position && resolve();
    this.#waiting.add(check);
    check();
    await Promise.race([
      promise,
      this.ended.then(() => Promise.reject(new Error(`ended before ${position}`))),
    ]);
    this.#waiting.delete(check);
  }

  async stop(): Promise<void> {
    this.#end.abort();
    await this.ended;
  }

  async #follow(batches: AsyncIterable<EventBatch>): Promise<void> {
    for await (const { events, position } of batches) {
      this.events.push(...events);
      this.#position = position;
      for (const check of this.#waiting) check();
    }
  }
}
