/** The position of an event in the log: opaque, rising along the log. Zero is before the first event. */
export type Position = bigint;

/** The number of an event within its stream: 0 for the first. */
export type Revision = number;

/** What the caller holds to be the stream's last revision. There is no "any": it can't be made idempotent. */
export type ExpectedRevision = Revision | 'no-stream';

/** A stream as the caller saw it. */
export interface StreamSeen {
  readonly stream: string;
  readonly revision: ExpectedRevision;
}

/** What an append asks besides its stream's revision. An engine that can't look at other streams within the append does so before it. */
export interface AppendConditions {
  /** Streams that have not moved since they were seen. */
  readonly unmoved?: readonly StreamSeen[];
  /** Streams in which the events' ids may stand: for engines without an index over ids, which look through them. */
  readonly idsMayBeIn?: readonly string[];
}

/** An event as it goes into the log: exact JSON texts, serialised once by the caller. */
export interface EventToAppend {
  /** UUID; one event of this id stands in the log at the most, where the engine can tell. */
  readonly eventId: string;
  /** A fixed string such as `OrderPlaced`. */
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
  /** What `JSON.stringify` made the texts of, where the caller has it at hand: an engine's client that prints values is spared to parse. */
  readonly printed?: { readonly data: object; readonly metadata: object };
}

/** An event as it stands in the log. */
export interface RecordedEvent extends Omit<EventToAppend, 'printed'> {
  readonly stream: string;
  readonly revision: Revision;
  readonly position: Position;
  /** The store's time in milliseconds since 1970, never decreasing along the log. */
  readonly recordedAt: number;
}

export type AppendOutcome =
  /** The events stand at the places asked for, now or since an earlier call (`repeated`): last revision and position. */
  | {
      readonly kind: 'appended';
      readonly repeated: boolean;
      readonly revision: Revision;
      readonly position: Position;
    }
  | { readonly kind: 'wrong-expected-revision'; readonly actual: ExpectedRevision }
  /** One that the conditions name. */
  | { readonly kind: 'stream-moved'; readonly stream: string }
  /** An event of this id stands elsewhere in the log. */
  | {
      readonly kind: 'event-id-taken';
      readonly eventId: string;
      readonly stream: string;
      readonly revision: Revision;
    };

export interface ReadStreamOptions {
  /** First revision wanted (inclusive); by default the first forwards, the last backwards. */
  readonly from?: Revision;
  readonly direction?: 'forwards' | 'backwards';
  readonly limit?: number;
}

export interface StreamFilter {
  /** Only streams whose name starts with one of these, such as `order-`. */
  readonly streamPrefixes: readonly string[];
}

export interface ReadAllOptions {
  /** Exclusive: forwards the events after it, backwards those before it. By default the whole log. */
  readonly after?: Position;
  readonly direction?: 'forwards' | 'backwards';
  readonly limit?: number;
  readonly filter?: StreamFilter;
}

export interface SubscribeOptions {
  /** Exclusive. */
  readonly after: Position;
  readonly filter?: StreamFilter;
  /** At most this many events a batch. */
  readonly batchSize?: number;
}

export interface EventBatch {
  /** In log order; empty where only the position moved, or where the subscriber is told that it has caught up. */
  readonly events: readonly RecordedEvent[];
  /** Everything up to here has been seen, filtered events included. */
  readonly position: Position;
  readonly caughtUp: boolean;
}

export interface LogHead {
  /** Position of the last event, 0n for an empty log. */
  readonly position: Position;
  /** The log's identity: another log, or this one restored from scratch, has another. */
  readonly logId: string;
}

/**
 * The event log. Every call ends by a deadline; where the engine can't be reached it rejects with `LogUnavailable`,
 * after which the same call, with the same ids and the same revision, may be made again.
 */
export interface EventLog {
  /** Whether appends are recorded in the order in which they were called, though none waited for another's outcome. */
  readonly keepsCallOrder: boolean;

  /**
   * Appends to one stream, atomically. Judged in this order: all events stand at exactly the places asked for → `repeated`,
   * with the answer of the first time; the id of one stands elsewhere → `event-id-taken`; then the streams count that must not
   * have moved, then the revision.
   * Throws a RangeError for what no engine should be asked for (no events, an id twice, not a UUID).
   */
  append(
    stream: string,
    expected: ExpectedRevision,
    events: readonly EventToAppend[],
    conditions?: AppendConditions,
  ): Promise<AppendOutcome>;

  /** Constant memory. A stream that does not exist is empty. */
  readStream(stream: string, options?: ReadStreamOptions): AsyncIterable<RecordedEvent>;

  /**
   * The whole of a short stream (an aggregate's) from a revision on, in order. Calls that are made together go to the engine as one.
   */
  loadStream(stream: string, from?: Revision): Promise<readonly RecordedEvent[]>;

  /**
   * Where the event of this id stands. An engine with an index over ids looks through the whole log, one without
   * through the given streams. Calls made together, also with `loadStream`, go to the engine as one.
   */
  findEvent(eventId: string, streams: readonly string[]): Promise<RecordedEvent | undefined>;

  readAll(options?: ReadAllOptions): AsyncIterable<RecordedEvent>;

  /**
   * Follows the log until the signal aborts: catches up, then waits for more. Reconnects by itself, notices a silent
   * connection, never skips, never reorders. A slow consumer holds back reading, not memory. Throws `LogReplaced`.
   */
  subscribe(options: SubscribeOptions, signal: AbortSignal): AsyncIterable<EventBatch>;

  head(): Promise<LogHead>;

  /** Ends connections; calls under way are finished or rejected. */
  close(): Promise<void>;
}

/** The engine could not be reached or did not answer by the deadline: nothing is known of the call's effect. */
export class LogUnavailable extends Error {
  override readonly name = 'LogUnavailable';
}

/**
 * The log does not hold what this reader has seen of it: an older backup was restored, or it is another log. Reading on
 * would mix two histories.
 */
export class LogReplaced extends Error {
  override readonly name = 'LogReplaced';
}
