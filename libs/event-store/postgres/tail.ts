import { setTimeout as delay } from 'node:timers/promises';
import { Listener, type Statement } from '#kontor/postgres';
import type { UntilAborted } from '#kontor/waiting';
import { LogReplaced, LogUnavailable, type Position } from '../port.js';
import { type Connections, sessionOptions } from './connections.js';

export const lastPosition: Statement = {
  name: 'last-position',
  text: 'select position from event_log.events order by position desc limit 1',
};

interface Waiter {
  readonly position: Position;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Knows how far the log reaches: told by the server with each append, and asking it at an interval in case the word does not
 * arrive. One for all subscriptions of a process.
 */
export class Tail {
  /** Few, and often others: a set leaves a trail of its outgrown tables behind (ADR 18). */
  #waiters: readonly Waiter[] = [];
  readonly #listener: Listener;
  #users = 0;
  #stop = new AbortController();
  #watching: Promise<unknown> = Promise.resolve();
  #known: Position = 0n;
  /** How far the listener has heard. */
  #told: Position = 0n;

  constructor(
    url: string,
    private readonly connections: Connections,
    private readonly options: { readonly deadlineMs: number; readonly pollIntervalMs: number },
  ) {
    this.#listener = new Listener(sessionOptions(url, options.deadlineMs), 'event_log', (payload) => {
      const position = BigInt(payload);
      if (position > this.#told) this.#told = position;
      this.#advance(position);
    });
  }

  /** The tail is watched between the first `join` and the last `leave`. */
  join(): void {
    if (this.#users++ > 0) return;
    this.#stop = new AbortController();
    this.#watching = Promise.all([this.#listener.run(this.#stop.signal), this.#poll(this.#stop.signal)]);
  }

  leave(): void {
    if (--this.#users === 0) this.#stop.abort();
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#watching;
  }

  /** How far the log reaches, as was told last: by whoever may log in, so it need not be so. */
  get known(): Position {
    return this.#known;
  }

  /** What was told is not so: a read that began after it found the log to end at a position before. */
  disprove(told: Position, end: Position): void {
    if (this.#known === told) this.#known = end;
    if (this.#told === told) this.#told = end;
  }

  /**
   * Resolves when the log reaches beyond a position, or the wait is cut short.
   * @throws {LogReplaced} the log ends before it
   */
  async beyond(position: Position, untilAborted: UntilAborted): Promise<void> {
    if (this.#known > position) return;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiter = { position, resolve, reject };
    this.#waiters = [...this.#waiters, waiter];
    try {
      await untilAborted.wait(promise);
    } finally {
      this.#waiters = this.#waiters.filter((other) => other !== waiter);
    }
  }

  #advance(position: Position): void {
    if (position > this.#known) this.#known = position;
    for (const waiter of this.#waiters) if (position > waiter.position) waiter.resolve();
  }

  async #poll(signal: AbortSignal): Promise<void> {
    let lastPolled: Position | undefined;
    while (!signal.aborted) {
      // Who comes to wait later may have seen more than the answer shows.
      const waiters = this.#waiters;
      try {
        const [row] = await this.connections.query(lastPosition, []);
        const position = BigInt(row?.[0] ?? 0);
        if (lastPolled === undefined) this.#told = position;
        else this.#checkListener(lastPolled, position);
        if (lastPolled !== undefined && position < lastPolled) this.#known = position;
        lastPolled = position;
        this.#advance(position);
        for (const waiter of waiters)
          if (position < waiter.position)
            waiter.reject(new LogReplaced(`the log ends at ${position}, before ${waiter.position}`));
      } catch (error) {
        if (!(error instanceof LogUnavailable)) for (const waiter of waiters) waiter.reject(error);
      }
      await delay(this.options.pollIntervalMs, undefined, { signal }).catch(() => undefined);
    }
  }

  /** What was there an interval ago should have been told by now: a connection can die without a word. */
  #checkListener(lastPolled: Position, position: Position): void {
    if (this.#told >= lastPolled) return;
    this.#listener.replace();
    this.#told = position;
  }
}
