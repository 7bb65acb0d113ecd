import type { Statement } from '#kontor/postgres';
import { checkAppend } from '../check-append.js';
import {
  type AppendConditions,
  type AppendOutcome,
  type EventBatch,
  type EventLog,
  type EventToAppend,
  type ExpectedRevision,
  type LogHead,
  type ReadAllOptions,
  type ReadStreamOptions,
  type RecordedEvent,
  type Revision,
  type SubscribeOptions,
} from '../port.js';
import { Appender } from './appender.js';
import { Connections, Pipeline } from './connections.js';
import { PagedReads } from './pages.js';
import { StreamLoader } from './stream-loader.js';
import { subscribe } from './subscribe.js';
import { Tail } from './tail.js';

export interface PostgresLogOptions {
  /** Each call ends within about twice this time: once for waiting, once for the answer. */
  readonly deadlineMs?: number;
  /** How long a subscription stays behind where the server's word of an append is lost. */
  readonly pollIntervalMs?: number;
}

const head: Statement = {
  name: 'head',
  text: `
    select log_id, coalesce((select position from event_log.events order by position desc limit 1), 0)
    from event_log.identity`,
};

/** The event log in PostgreSQL. Connects when first used. */
export class PostgresEventLog implements EventLog {
  /** All appends go over one connection. */
  readonly keepsCallOrder = true;
  readonly #appends: Pipeline;
  /** For what commands wait for; pages of long reads have others. */
  readonly #loads: Connections;
  readonly #pages: Connections;
  readonly #reads: PagedReads;
  readonly #appender: Appender;
  readonly #loader: StreamLoader;
  readonly #tail: Tail;
  readonly #closed = new AbortController();

  constructor(url: string, { deadlineMs = 5_000, pollIntervalMs = 1_000 }: PostgresLogOptions = {}) {
    this.#appends = new Pipeline({ url, deadlineMs });
    this.#loads = new Connections({ url, deadlineMs, size: 2 });
    this.#pages = new Connections({ url, deadlineMs, size: 4 });
    this.#reads = new PagedReads(this.#pages);
    this.#appender = new Appender(this.#appends, {
      batchCount: 256,
      batchBytes: 1_000_000,
      inFlight: 2,
      gatherMs: 2,
      gatherCount: 8,
      waiting: 10_000,
      waitMs: deadlineMs,
    });
    this.#loader = new StreamLoader(this.#loads, {
      batchCount: 256,
      batchBytes: Infinity,
      inFlight: 2,
      // Always till the turn's end: what is read apart takes a connection of its own.
      gatherMs: deadlineMs,
      gatherCount: Infinity,
      waiting: 10_000,
      waitMs: deadlineMs,
    });
    this.#tail = new Tail(url, this.#pages, { deadlineMs, pollIntervalMs });
  }

  async append(
    stream: string,
    expected: ExpectedRevision,
    events: readonly EventToAppend[],
    conditions: AppendConditions = {},
  ): Promise<AppendOutcome> {
    checkAppend(stream, expected, events, conditions);
    return this.#appender.append(stream, expected, events, conditions);
  }

  readStream(stream: string, options: ReadStreamOptions = {}): AsyncIterable<RecordedEvent> {
    return this.#reads.stream(stream, options);
  }

  loadStream(stream: string, from: Revision = 0): Promise<readonly RecordedEvent[]> {
    return this.#loader.stream(stream, from);
  }

  /** Looks through the whole log: it has an index over ids. */
  findEvent(eventId: string): Promise<RecordedEvent | undefined> {
    return this.#loader.event(eventId);
  }

  readAll(options: ReadAllOptions = {}): AsyncIterable<RecordedEvent> {
    return this.#reads.log(options);
  }

  subscribe(options: SubscribeOptions, signal: AbortSignal): AsyncIterable<EventBatch> {
    return subscribe(this.#pages, this.#tail, options, AbortSignal.any([signal, this.#closed.signal]));
  }

  async head(): Promise<LogHead> {
    const [row] = await this.#pages.query(head, []);
    if (!row) throw new Error('the log has no identity: it was not migrated');
    return { logId: row[0] ?? '', position: BigInt(row[1] ?? 0) };
  }

  async close(): Promise<void> {
    if (this.#closed.signal.aborted) return;
    this.#closed.abort();
    await Promise.all([this.#appender.close(), this.#loader.close(), this.#tail.close()]);
    await Promise.all([this.#appends.end(), this.#loads.end(), this.#pages.end()]);
  }
}
