import { setTimeout as delay } from 'node:timers/promises';
import { NoTurn, Turns } from '#kontor/waiting';
import { LogUnavailable } from '../port.js';
import { closerOf } from './client-channels.js';
import { judge, TryTimedOut } from './failures.js';
import type { CallOptions, Client, Settings } from './settings.js';

export interface Limits {
  /** A try that has not answered after this long is given up; twice as long after two of them. */
  readonly tryMs: number;
  /** A call whose tries all failed ends with `LogUnavailable` after this long. */
  readonly deadlineMs: number;
}

/** One client object in use. */
interface Opened {
  readonly client: Client;
  readonly close: () => Promise<void>;
  calls: number;
  timeoutsInARow: number;
  isRetired: boolean;
}

export type Try<T> = (client: Client, options: CallOptions) => Promise<T>;

/**
 * One connection to the server or its cluster, and the client object behind it. The client finds a new leader by
 * itself; where it does not recover, it is replaced by a new one.
 */
export class Connection {
  #opened: Opened | undefined;
  #isClosed = false;
  readonly #turns: Turns;

  /** @param atOnce calls under way, of the hundred that a connection carries: one more would wait there with its time running */
  constructor(
    private readonly settings: Settings,
    private readonly purpose: string,
    private readonly limits: Limits,
    atOnce: number,
  ) {
    this.#turns = new Turns(atOnce, limits.deadlineMs);
  }

  get deadline(): number {
    return performance.now() + this.limits.deadlineMs;
  }

  /** When its turn has come, tries until it succeeds, fails for good, or the deadline has passed. */
  async call<T>(work: Try<T>, deadline = this.deadline): Promise<T> {
    try {
      return await this.#turns.use(() => this.#tryUntil(work, deadline));
    } catch (error) {
      if (error instanceof NoTurn) throw this.#unavailable(error);
      throw error;
    }
  }

  async #tryUntil<T>(work: Try<T>, deadline: number): Promise<T> {
    let timeouts = 0;
    for (let tries = 1; ; tries += 1) {
      try {
        // A call may be too large for the time, and would be for ever.
        const patience = this.limits.tryMs * 2 ** Math.floor(timeouts / 2);
        return await this.attempt(work, Math.max(1, Math.min(patience, deadline - performance.now())));
      } catch (error) {
        const verdict = judge(error);
        if (error instanceof LogUnavailable || verdict === 'final') throw error;
        if (verdict === 'timeout') timeouts += 1;
        const pause = pauseBefore(tries);
        if (performance.now() + pause >= deadline) throw this.#unavailable(error);
        await delay(pause);
      }
    }
  }

  /** Tries once. */
  async attempt<T>(work: Try<T>, tryMs = this.limits.tryMs): Promise<T> {
    if (this.#isClosed) throw new LogUnavailable('the event log was closed');
    const opened = (this.#opened ??= this.#open());
    opened.calls += 1;
    try {
      const result = await work(opened.client, { ...this.settings.callOptions, deadline: tryMs });
      opened.timeoutsInARow = 0;
      return result;
    } catch (error) {
      if (this.#isClosed) throw new LogUnavailable('the event log was closed', { cause: error });
      const verdict = judge(error);
      opened.timeoutsInARow = verdict === 'timeout' ? opened.timeoutsInARow + 1 : 0;
      if (verdict === 'new-client' || opened.timeoutsInARow >= 2) this.#retire(opened);
      throw error;
    } finally {
      opened.calls -= 1;
      if (opened.isRetired && opened.calls === 0) opened.close().catch(() => undefined);
    }
  }

  /** The next try gets a new client object with a connection of its own; tries under way keep theirs. */
  renew(): void {
    if (this.#opened) this.#retire(this.#opened);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#opened?.close();
  }

  #open(): Opened {
    const client = this.settings.open(this.purpose);
    return { client, close: closerOf(client), calls: 0, timeoutsInARow: 0, isRetired: false };
  }

  #retire(opened: Opened): void {
    opened.isRetired = true;
    if (this.#opened === opened) this.#opened = undefined;
  }

  #unavailable(cause: unknown): LogUnavailable {
    const why = cause instanceof Error ? cause.message : String(cause);
    return new LogUnavailable(
      `${this.settings.name} did not answer in ${this.limits.deadlineMs} ms: ${why}`,
      {
        cause,
      },
    );
  }
}

/** Rejects with `TryTimedOut` unless the promise settles in time: the client has no deadline for what comes before a call. */
export function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new TryTimedOut(`no answer in ${ms} ms`)), ms);
    const settled = () => clearTimeout(timer);
    promise.then(resolve, reject);
    promise.then(settled, settled);
  });
}

/** Milliseconds: 30 to 50 at first, four times that where the server stays away. */
function pauseBefore(tries: number): number {
  return (30 + Math.random() * 20) * (tries < 10 ? 1 : 4);
}
