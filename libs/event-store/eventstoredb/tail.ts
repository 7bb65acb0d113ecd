import type { AllStreamSubscription, ResolvedEvent } from '@eventstore/db-client';
import { setTimeout as delay } from 'node:timers/promises';
import { LogReplaced, type Position, type RecordedEvent } from '../port.js';
import { type Connection, within } from './connection.js';
import { TryTimedOut } from './failures.js';
import type { Horizon } from './horizon.js';
import type { Anchor } from './log-pages.js';
import { fromResolved, placeOf } from './recorded-event.js';
import type { RecordedTimes } from './recorded-times.js';
import { requireRecord, serverFilter } from './reads.js';
import type { CallOptions, Client } from './settings.js';

export interface TailOptions {
  /** The last events, for those who follow closely; who falls behind them reads pages again. */
  readonly keptEvents: number;
  /** A connection that is silent for this long, while the log grows, is held to be dead. */
  readonly watchMs: number;
}

/** Milliseconds between two tries to subscribe. */
const pauseMs = 100;
/** What the events kept may take, in characters of text. */
const keptCharacters = 8 * 1024 * 1024;

/**
 * The one live subscription of a process. It keeps the latest events for all who have caught up, and never waits for
 * any of them. A second connection is asked at an interval how far the log reaches: this one may have died silently.
 */
export class Tail {
  #followers = 0;
  #stop = new AbortController();
  /** Ascending. */
  #kept: RecordedEvent[] = [];
  #characters = 0;
  /** All events after this position are kept. */
  #floor: Position = 0n;
  #last: Anchor = { position: 0n };
  #replaced: LogReplaced | undefined;
  #changed = Promise.withResolvers<void>();
  #subscription: AllStreamSubscription | undefined;

  constructor(
    private readonly connection: Connection,
    private readonly horizon: Horizon,
    private readonly times: RecordedTimes,
    private readonly options: TailOptions,
  ) {}

  /** The tail runs between the first `join`, from where that follower is, and the last `leave`. */
  join(at: Anchor): void {
    this.#followers += 1;
    if (this.#followers > 1) return;
    this.#stop = new AbortController();
    this.#kept = [];
    this.#characters = 0;
    this.#floor = at.position;
    this.#last = at;
    this.#replaced = undefined;
    void this.#run(this.#stop.signal);
    void this.#watch(this.#stop.signal);
  }

  leave(): void {
    this.#followers -= 1;
    if (this.#followers > 0) return;
    this.#stop.abort();
    this.#drop();
  }

  /**
   * The events after a position, some of the first if there are many; undefined where they are not all kept any more.
   * @throws {LogReplaced}
   */
  after(position: Position, count: number): readonly RecordedEvent[] | undefined {
    if (this.#replaced) throw this.#replaced;
    if (position < this.#floor) return undefined;
    if (position >= this.#last.position) return [];
    const index = this.#kept.findLastIndex((event) => event.position <= position) + 1;
    return this.#kept.slice(index, index + count);
  }

  /** Resolves when there may be more than when it was called. */
  get changed(): Promise<void> {
    return this.#changed.promise;
  }

  #signal(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }

  async #run(stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      try {
        await this.connection.attempt((client, options) => this.#follow(client, options, stop));
      } catch (error) {
        if (error instanceof LogReplaced) {
          this.#replaced = error;
          this.#signal();
          return;
        }
        // Anything else is tried again; a follower who needs a page meanwhile is told what is wrong.
      }
      await delay(pauseMs, undefined, { signal: stop }).catch(() => undefined);
    }
  }

  /** Ends with the subscription, by an error or because it was dropped. */
  async #follow(client: Client, options: CallOptions, stop: AbortSignal): Promise<void> {
    let latest = 0;
    if (this.#last.position > 0n) {
      const seen = await requireRecord(this.#last.position, this.#last.eventId)(client, options);
      latest = await this.times.at(seen)(client, options);
    }
    if (stop.aborted) return;
    const over = Promise.withResolvers<void>();
    const confirmed = Promise.withResolvers<void>();
    const subscription = client.subscribeToAll({
      ...options,
      fromPosition: this.#last.position === 0n ? 'start' : placeOf(this.#last.position),
      filter: serverFilter(undefined, () => undefined),
    });
    this.#subscription = subscription;
    subscription.on('confirmation', () => confirmed.resolve());
    subscription.on('error', (error) => over.reject(error));
    subscription.on('end', () => over.resolve());
    subscription.on('close', () => over.resolve());
    subscription.on('data', (resolved: ResolvedEvent) => {
      if (this.#subscription !== subscription) return;
      latest = this.#take(resolved, latest);
    });
    try {
      await within(options.deadline, Promise.race([confirmed.promise, over.promise]));
      await over.promise;
    } finally {
      subscription.unsubscribe().catch(() => undefined);
      over.promise.catch(() => undefined);
      if (this.#subscription === subscription) this.#subscription = undefined;
    }
  }

  #take(resolved: ResolvedEvent, latest: number): number {
    const record = fromResolved(resolved);
    if (!record?.isVisible) return latest;
    const [event] = this.times.raise([record.event], latest);
    if (!event) return latest;
    this.#kept.push(event);
    this.#characters += event.data.length + event.metadata.length;
    this.#last = { position: event.position, eventId: event.eventId };
    this.horizon.seen(event.position);
    this.#trim();
    this.#signal();
    return event.recordedAt;
  }

  #trim(): void {
    // In strides, since taking from the front moves the rest.
    const { keptEvents } = this.options;
    if (this.#kept.length < keptEvents * 2 && this.#characters < keptCharacters) return;
    const gone = this.#kept.splice(0, Math.ceil(this.#kept.length / 2));
    for (const { data, metadata } of gone) this.#characters -= data.length + metadata.length;
    this.#floor = gone.at(-1)?.position ?? this.#floor;
  }

  async #watch(stop: AbortSignal): Promise<void> {
    let stuckAt: Position | undefined;
    while (!stop.aborted) {
      await delay(this.options.watchMs, undefined, { signal: stop }).catch(() => undefined);
      const { position } = this.#last;
      const end = await this.horizon.ask().catch(() => undefined);
      if (stop.aborted || end === undefined) continue;
      const isBehind = end !== position && this.#last.position === position;
      if (isBehind && stuckAt === position) {
        this.connection.renew();
        this.#drop();
      }
      stuckAt = isBehind ? position : undefined;
    }
  }

  #drop(): void {
    const subscription = this.#subscription;
    this.#subscription = undefined;
    subscription?.destroy(new TryTimedOut('the subscription is silent while the log grows'));
  }
}
