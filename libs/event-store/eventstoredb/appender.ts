import { Lanes } from '#kontor/waiting';
import type {
  AppendConditions,
  AppendOutcome,
  EventToAppend,
  ExpectedRevision,
  RecordedEvent,
} from '../port.js';
import { LogUnavailable } from '../port.js';
import { type Connection, within } from './connection.js';
import { isWrongRevision } from './failures.js';
import type { Horizon } from './horizon.js';
import type { KnownStreams } from './known-streams.js';
import { toEventData } from './recorded-event.js';
import type { StreamLoader } from './stream-loader.js';

/** The client's own deadline, which ends the call, comes first; this is for what precedes a call. */
const graceMs = 250;

/**
 * Appends by the client's unary path. The server recognises an append that it has at the place asked for, and nothing
 * else: an id again at the stream's tip is stored again. So the ids of the streams in use are known here, and a wrong
 * revision is looked at: it may be that of an append whose answer was lost.
 */
export class Appender {
  readonly #lanes = new Lanes();

  constructor(
    private readonly connection: Connection,
    private readonly loader: StreamLoader,
    private readonly known: KnownStreams,
    private readonly horizon: Horizon,
  ) {}

  /**
   * Appends to one stream go one at a time: the server drops a repeat of one that is still in flight, silently.
   */
  append(
    stream: string,
    expected: ExpectedRevision,
    events: readonly EventToAppend[],
    conditions?: AppendConditions,
  ): Promise<AppendOutcome> {
    const { deadline } = this.connection;
    return this.#lanes.run([stream], async () => {
      if (performance.now() > deadline) throw new LogUnavailable(`appends to ${stream} wait for each other`);
      return this.#append(stream, expected, events, conditions, deadline);
    });
  }

  async #append(
    stream: string,
    expected: ExpectedRevision,
    events: readonly EventToAppend[],
    conditions: AppendConditions | undefined,
    deadline: number,
  ): Promise<AppendOutcome> {
    const first = expected === 'no-stream' ? 0 : expected + 1;
    const reached = this.horizon.known ?? (await this.horizon.ask());
    if (this.known.next(stream) < first) await this.loader.load(stream, this.known.next(stream));
    const ids = events.map(({ eventId }) => eventId.toLowerCase());
    const objection = conditions && (await this.#objection(stream, first, ids, conditions));
    if (objection) return objection;
    const places = ids.map((id) => this.known.revisionOf(stream, id));
    // What is known may be of a log that was replaced since.
    if (places.some((place, index) => place !== undefined && place !== first + index))
      return this.#judge(stream, first, ids, await this.loader.load(stream));

    try {
      const { revision, position } = await this.#send(stream, expected, events, deadline);
      const repeated = position <= reached || places.every((place) => place !== undefined);
      this.known.learn(stream, first, ids);
      this.horizon.seen(position);
      return { kind: 'appended', repeated, revision, position };
    } catch (error) {
      if (!isWrongRevision(error)) throw error;
      return this.#judge(stream, first, ids, await this.loader.load(stream));
    }
  }

  /** The server judges one stream at a time: what is asked of others is looked at before. */
  async #objection(
    stream: string,
    first: number,
    ids: readonly string[],
    { unmoved = [], idsMayBeIn = [] }: AppendConditions,
  ): Promise<AppendOutcome | undefined> {
    const [lasts, searched] = await Promise.all([
      Promise.all(
        unmoved.map(({ stream: other, revision }) =>
          this.loader.load(other, revision === 'no-stream' ? 0 : revision),
        ),
      ),
      Promise.all(idsMayBeIn.map((each) => this.loader.load(each))),
    ]);
    const standing = searched.flat();
    const found = standing.find(({ eventId }) => ids.includes(eventId));
    if (found) {
      const { eventId, stream: its, revision } = found;
      if (its !== stream) return { kind: 'event-id-taken', eventId, stream: its, revision };
      const own = standing.filter((event) => event.stream === stream);
      return this.#judge(stream, first, ids, own);
    }
    const moved = unmoved.find(
      ({ revision }, index) => (lasts[index]?.at(-1)?.revision ?? 'no-stream') !== revision,
    );
    return moved && { kind: 'stream-moved', stream: moved.stream };
  }

  /** By what stands in the stream: the port's order is place, id, revision. */
  #judge(
    stream: string,
    first: number,
    ids: readonly string[],
    standing: readonly RecordedEvent[],
  ): AppendOutcome {
    const found = ids.map((id) => standing.find(({ eventId }) => eventId === id));
    const last = found.at(-1);
    if (last && found.every((event, index) => event?.revision === first + index))
      return { kind: 'appended', repeated: true, revision: last.revision, position: last.position };
    const elsewhere = found.find((event, index) => event && event.revision !== first + index);
    if (elsewhere)
      return { kind: 'event-id-taken', eventId: elsewhere.eventId, stream, revision: elsewhere.revision };
    return { kind: 'wrong-expected-revision', actual: standing.at(-1)?.revision ?? 'no-stream' };
  }

  async #send(
    stream: string,
    expected: ExpectedRevision,
    events: readonly EventToAppend[],
    deadline: number,
  ): Promise<{ revision: number; position: bigint }> {
    const data = events.map(toEventData);
    const result = await this.connection.call(
      (client, options) =>
        within(
          options.deadline + graceMs,
          client.appendToStream(stream, data, {
            ...options,
            expectedRevision: expected === 'no-stream' ? 'no_stream' : BigInt(expected),
          }),
        ),
      deadline,
    );
    if (!result.position) throw new Error(`${stream} was appended to without a position`);
    return { revision: Number(result.nextExpectedRevision), position: result.position.commit };
  }
}
