import { checkAppend } from '../check-append.js';
import type {
  AppendConditions,
  AppendOutcome,
  EventBatch,
  EventLog,
  EventToAppend,
  ExpectedRevision,
  LogHead,
  Position,
  ReadAllOptions,
  ReadStreamOptions,
  RecordedEvent,
  Revision,
  SubscribeOptions,
} from '../port.js';
import { Appender } from './appender.js';
import { Connection, type Limits } from './connection.js';
import { Horizon } from './horizon.js';
import { KnownStreams } from './known-streams.js';
import { LogIdentity } from './log-identity.js';
import { LogPages, matches } from './log-pages.js';
import { streamPage } from './reads.js';
import { RecordedTimes } from './recorded-times.js';
import { readSettings } from './settings.js';
import { StreamLoader } from './stream-loader.js';
import { subscribe } from './subscription.js';
import { Tail, type TailOptions } from './tail.js';

export interface EventStoreDbOptions extends Partial<Limits>, Partial<TailOptions> {}

const appendsAtOnce = 64;
/** Fewer: the server counts a call that was left a while longer. */
const readsAtOnce = 32;
/** Readers often want the first few only. */
const firstPageRecords = 30;
const pageRecords = 1000;

/**
 * The log in an EventStoreDB (KurrentDB) node or cluster. Appends, reads and the live subscription have a connection
 * each: none waits behind another, and the death of one is noticed by the others.
 */
export class EventStoreDbEventLog implements EventLog {
  /** Calls under way pass each other on the server. */
  readonly keepsCallOrder = false;
  readonly #appends: Connection;
  readonly #reads: Connection;
  readonly #live: Connection;
  readonly #loader: StreamLoader;
  readonly #appender: Appender;
  readonly #pages: LogPages;
  readonly #tail: Tail;
  readonly #horizon: Horizon;
  readonly #identity: LogIdentity;
  readonly #closed = new AbortController();

  constructor(
    url: string,
    { tryMs = 2000, deadlineMs = 10_000, keptEvents = 2000, watchMs = 1000 }: EventStoreDbOptions = {},
  ) {
    const settings = readSettings(url);
    const limits = { tryMs, deadlineMs };
    this.#appends = new Connection(settings, 'appends', limits, appendsAtOnce);
    this.#reads = new Connection(settings, 'reads', limits, readsAtOnce);
    this.#live = new Connection(settings, 'live', limits, 1);
    const known = new KnownStreams();
    const times = new RecordedTimes();
    const horizon = new Horizon(this.#reads);
    this.#horizon = horizon;
    this.#loader = new StreamLoader(this.#reads, known, horizon.seen);
    this.#appender = new Appender(this.#appends, this.#loader, known, horizon);
    this.#pages = new LogPages(this.#reads, times);
    this.#tail = new Tail(this.#live, horizon, times, { keptEvents, watchMs });
    this.#identity = new LogIdentity(this.#appends);
  }

  async append(
    stream: string,
    expected: ExpectedRevision,
    events: readonly EventToAppend[],
    conditions?: AppendConditions,
  ): Promise<AppendOutcome> {
    checkAppend(stream, expected, events, conditions);
    return this.#appender.append(stream, expected, events, conditions);
  }

  async *readStream(stream: string, options: ReadStreamOptions = {}): AsyncGenerator<RecordedEvent> {
    const { direction = 'forwards', limit = Infinity } = options;
    const step = direction === 'forwards' ? 1 : -1;
    let { from } = options;
    for (let left = limit; left > 0;) {
      const part = { stream, from, direction };
      const page = await this.#reads.call(streamPage(part, Math.min(left, pageRecords)));
      for (const { event } of page.records) yield event;
      const last = page.records.at(-1)?.event;
      left -= page.records.length;
      if (page.isComplete || !last || last.revision + step < 0) return;
      from = last.revision + step;
    }
  }

  loadStream(stream: string, from?: Revision): Promise<readonly RecordedEvent[]> {
    return this.#loader.load(stream, from);
  }

  async findEvent(eventId: string, streams: readonly string[]): Promise<RecordedEvent | undefined> {
    const id = eventId.toLowerCase();
    const loaded = await Promise.all(streams.map((stream) => this.#loader.load(stream)));
    return loaded.flat().find((event) => event.eventId === id);
  }

  readAll(options: ReadAllOptions = {}): AsyncIterable<RecordedEvent> {
    return options.direction === 'backwards' ? this.#readBackwards(options) : this.#readForwards(options);
  }

  subscribe(options: SubscribeOptions, signal: AbortSignal): AsyncIterable<EventBatch> {
    return subscribe(this.#pages, this.#tail, options, AbortSignal.any([signal, this.#closed.signal]));
  }

  async head(): Promise<LogHead> {
    const [position, logId] = await Promise.all([this.#horizon.ask(), this.#identity.read()]);
    return { position, logId };
  }

  async close(): Promise<void> {
    this.#closed.abort();
    await Promise.all([this.#appends.close(), this.#reads.close(), this.#live.close()]);
  }

  async *#readForwards({
    after = 0n,
    limit = Infinity,
    filter,
  }: ReadAllOptions): AsyncGenerator<RecordedEvent> {
    if (limit <= 0) return;
    const start = await this.#pages.startAfter(after);
    let { anchor } = start;
    let left = limit;
    if (start.first && matches(filter)(start.first)) {
      yield start.first;
      left -= 1;
    }
    for (let size = firstPageRecords; left > 0; size = Math.min(size * 4, pageRecords)) {
      const page = await this.#pages.after(anchor, filter, Math.min(left, size));
      yield* page.events.slice(0, left);
      if (page.isLast) return;
      left -= page.events.length;
      anchor = page.next;
    }
  }

  async *#readBackwards({ after, limit = Infinity, filter }: ReadAllOptions): AsyncGenerator<RecordedEvent> {
    let before: Position | undefined = after;
    let left = limit;
    for (let size = firstPageRecords; left > 0; size = Math.min(size * 4, pageRecords)) {
      const page = await this.#pages.before(before, filter, Math.min(left, size));
      yield* page.events.slice(0, left);
      left -= page.events.length;
      if (page.isLast || page.oldest === undefined) return;
      before = page.oldest;
    }
  }
}
