import { randomUUID } from 'node:crypto';
import { UntilAborted } from '#kontor/waiting';
import { checkAppend } from '../check-append.js';
import {
  type AppendConditions,
  type AppendOutcome,
  type EventBatch,
  type EventLog,
  type EventToAppend,
  type ExpectedRevision,
  LogReplaced,
  LogUnavailable,
  type Position,
  type ReadAllOptions,
  type ReadStreamOptions,
  type RecordedEvent,
  type Revision,
  type StreamFilter,
  type SubscribeOptions,
} from '../port.js';

/** The event log in an array, for tests: the port's rules and nothing else. */
export class InMemoryEventLog implements EventLog {
  readonly keepsCallOrder = true;
  readonly #logId = randomUUID();
  /** The event at index i has position i + 1. */
  readonly #events: RecordedEvent[] = [];
  readonly #streams = new Map<string, RecordedEvent[]>();
  readonly #byId = new Map<string, RecordedEvent>();
  readonly #closed = new AbortController();
  #appended = Promise.withResolvers<void>();

  constructor(private readonly clock: () => number = Date.now) {}

  async append(
    stream: string,
    expected: ExpectedRevision,
    events: readonly EventToAppend[],
    { unmoved = [] }: AppendConditions = {},
  ): Promise<AppendOutcome> {
    this.#requireOpen();
    checkAppend(stream, expected, events, { unmoved });
    const first = expected === 'no-stream' ? 0 : expected + 1;
    const recorded = this.#streams.get(stream) ?? [];
    const found = events.map(({ eventId }) => this.#byId.get(eventId.toLowerCase()));

    const isInPlace = (event: RecordedEvent, index: number) =>
      event.stream === stream && event.revision === first + index;
    if (found.every((event, index) => event && isInPlace(event, index))) return answer(found.at(-1), true);
    const elsewhere = found.find((event, index) => event && !isInPlace(event, index));
    if (elsewhere) {
      const { eventId, stream: its, revision } = elsewhere;
      return { kind: 'event-id-taken', eventId, stream: its, revision };
    }
    const moved = unmoved.find((seen) => this.#revisionOf(seen.stream) !== seen.revision);
    if (moved) return { kind: 'stream-moved', stream: moved.stream };
    if (recorded.length !== first)
      return { kind: 'wrong-expected-revision', actual: this.#revisionOf(stream) };

    const recordedAt = Math.max(this.#events.at(-1)?.recordedAt ?? 0, Math.floor(this.clock()));
    for (const { eventId, type, data, metadata } of events) {
      const [position, revision] = [BigInt(this.#events.length + 1), recorded.length];
      const event = {
        position,
        recordedAt,
        eventId: eventId.toLowerCase(),
        stream,
        revision,
        type,
        data,
        metadata,
      };
      this.#events.push(event);
      recorded.push(event);
      this.#byId.set(event.eventId, event);
    }
    this.#streams.set(stream, recorded);
    this.#appended.resolve();
    this.#appended = Promise.withResolvers();
    return answer(recorded.at(-1), false);
  }

  async *readStream(stream: string, options: ReadStreamOptions = {}): AsyncIterable<RecordedEvent> {
    this.#requireOpen();
    const { from, direction = 'forwards', limit = Infinity } = options;
    const recorded = this.#streams.get(stream) ?? [];
    yield* direction === 'forwards'
      ? recorded.slice(from ?? 0).slice(0, limit)
      : recorded
          .slice(0, from === undefined ? undefined : from + 1)
          .reverse()
          .slice(0, limit);
  }

  async loadStream(stream: string, from: Revision = 0): Promise<readonly RecordedEvent[]> {
    this.#requireOpen();
    return Promise.resolve((this.#streams.get(stream) ?? []).slice(from));
  }

  async findEvent(eventId: string): Promise<RecordedEvent | undefined> {
    this.#requireOpen();
    return Promise.resolve(this.#byId.get(eventId.toLowerCase()));
  }

  async *readAll(options: ReadAllOptions = {}): AsyncIterable<RecordedEvent> {
    this.#requireOpen();
    const { after, direction = 'forwards', limit = Infinity, filter } = options;
    const events =
      direction === 'forwards'
        ? this.#events.slice(Number(after ?? 0))
        : this.#events.slice(0, after === undefined ? undefined : Math.max(Number(after) - 1, 0)).reverse();
    yield* events.filter(matches(filter)).slice(0, limit);
  }

  async *subscribe(options: SubscribeOptions, signal: AbortSignal): AsyncIterable<EventBatch> {
    const { after, filter, batchSize = 1000 } = options;
    const ended = AbortSignal.any([signal, this.#closed.signal]);
    const untilAborted = new UntilAborted(ended);
    let position = after;
    let isTold = false;
    try {
      while (!ended.aborted) {
        if (position > BigInt(this.#events.length))
          throw new LogReplaced(`the log ends before position ${position}`);
        const appended = this.#appended.promise;
        const next = this.#events.slice(Number(position), Number(position) + batchSize);
        position += BigInt(next.length);
        const caughtUp = position === BigInt(this.#events.length);
        if (next.length > 0 || !isTold) yield { events: next.filter(matches(filter)), position, caughtUp };
        isTold = caughtUp;
        if (position === BigInt(this.#events.length)) await untilAborted.wait(appended);
      }
    } finally {
      untilAborted.end();
    }
  }

  head(): Promise<{ position: Position; logId: string }> {
    return Promise.resolve({ position: BigInt(this.#events.length), logId: this.#logId });
  }

  close(): Promise<void> {
    this.#closed.abort();
    return Promise.resolve();
  }

  #revisionOf(stream: string): ExpectedRevision {
    return this.#streams.get(stream)?.at(-1)?.revision ?? 'no-stream';
  }

  #requireOpen(): void {
    if (this.#closed.signal.aborted) throw new LogUnavailable('the event log was closed');
  }
}

const matches =
  (filter: StreamFilter | undefined) =>
  ({ stream }: RecordedEvent): boolean =>
    !filter || filter.streamPrefixes.some((prefix) => stream.startsWith(prefix));

function answer(last: RecordedEvent | undefined, repeated: boolean): AppendOutcome {
  if (!last) throw new Error('no event was recorded');
  return { kind: 'appended', repeated, revision: last.revision, position: last.position };
}
