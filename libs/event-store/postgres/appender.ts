import { integerArray, type Statement, textArray, type TextRow, uuidArray } from '#kontor/postgres';
import type {
  AppendConditions,
  AppendOutcome,
  EventToAppend,
  ExpectedRevision,
  StreamSeen,
} from '../port.js';
import { LogUnavailable } from '../port.js';
import { Coalescer, type CoalescerLimits } from './coalescer.js';
import type { Pipeline } from './connections.js';

interface Append {
  readonly stream: string;
  readonly expected: number;
  readonly events: readonly EventToAppend[];
  readonly unmoved: readonly StreamSeen[];
}

const append: Statement = {
  name: 'append',
  text: 'select kind, revision, position, event_id, stream from event_log.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
};

/** Values, not arrays of one: for an event alone these took longer than to look its stream up. */
const appendAlone: Statement = {
  name: 'append-alone',
  text: 'select event_log.append_alone($1, $2, $3, $4, $5, $6, $7, $8)',
};

/** Group commit: appends that arrive together are one call and one transaction, with an outcome for each. */
export class Appender {
  readonly #appends: Coalescer<Append, AppendOutcome>;

  constructor(
    private readonly pipeline: Pipeline,
    limits: CoalescerLimits,
  ) {
    this.#appends = new Coalescer((batch) => this.#sendBatch(batch), limits);
  }

  append(
    stream: string,
    expected: ExpectedRevision,
    events: readonly EventToAppend[],
    { unmoved = [] }: AppendConditions,
  ): Promise<AppendOutcome> {
    const bytes = events.reduce((sum, { data, metadata }) => sum + data.length + metadata.length + 200, 0);
    return this.#appends.ask({ stream, expected: numberOf(expected), events, unmoved }, bytes);
  }

  close(): Promise<void> {
    return this.#appends.close();
  }

  /** Should the server refuse a batch for what one append holds, its neighbours must not suffer: each then goes alone. */
  async #sendBatch(batch: readonly Append[]): Promise<readonly (AppendOutcome | Promise<AppendOutcome>)[]> {
    try {
      const appended = await this.#sendAlone(batch);
      const outcomes = appended ? [appended] : await this.#send(batch);
      this.#appends.areRivals = outcomes.some(({ kind }) => kind !== 'appended');
      return outcomes;
    } catch (error) {
      if (error instanceof LogUnavailable || batch.length === 1) throw error;
      return batch.map(async (each) => only(await this.#send([each])));
    }
  }

  /** Undefined where it is not one event alone, or that can't be appended as it is wanted: then nothing is done. */
  async #sendAlone([append, ...others]: readonly Append[]): Promise<AppendOutcome | undefined> {
    if (!append || others.length > 0) return undefined;
    const { stream, expected, events, unmoved } = append;
    const [event, ...more] = events;
    if (!event || more.length > 0) return undefined;
    const [row] = await this.pipeline.query(appendAlone, [
      stream,
      expected,
      event.eventId,
      event.type,
      event.data,
      event.metadata,
      textArray(unmoved.map((each) => each.stream)),
      integerArray(unmoved.map(({ revision }) => numberOf(revision))),
    ]);
    const position = row?.[0];
    if (!position) return undefined;
    return { kind: 'appended', repeated: false, revision: expected + 1, position: BigInt(position) };
  }

  async #send(batch: readonly Append[]): Promise<AppendOutcome[]> {
    const events = batch.flatMap((each) => each.events);
    const conditions = batch.flatMap(({ unmoved }, index) =>
      unmoved.map(({ stream, revision }) => ({ of: index + 1, stream, since: numberOf(revision) })),
    );
    const rows = await this.pipeline.query(append, [
      textArray(batch.map(({ stream }) => stream)),
      integerArray(batch.map(({ expected }) => expected)),
      integerArray(batch.map((each) => each.events.length)),
      uuidArray(events.map(({ eventId }) => eventId)),
      textArray(events.map(({ type }) => type)),
      textArray(events.map(({ data }) => data)),
      textArray(events.map(({ metadata }) => metadata)),
      integerArray(conditions.map(({ of }) => of)),
      textArray(conditions.map(({ stream }) => stream)),
      integerArray(conditions.map(({ since }) => since)),
    ]);
    return rows.map(toOutcome);
  }
}

/** A revision as the function takes it: -1 for no stream. */
const numberOf = (revision: ExpectedRevision): number => (revision === 'no-stream' ? -1 : revision);

function only<Item>(items: readonly Item[]): Item {
  const [item] = items;
  if (item === undefined || items.length > 1) throw new Error(`${items.length} outcomes of one append`);
  return item;
}

function toOutcome([kind, revision, position, eventId, stream]: TextRow): AppendOutcome {
  switch (kind) {
    case 'appended':
    case 'repeated':
      return {
        kind: 'appended',
        repeated: kind === 'repeated',
        revision: Number(revision),
        position: BigInt(position ?? 0),
      };
    case 'event-id-taken':
      return { kind, eventId: eventId ?? '', stream: stream ?? '', revision: Number(revision) };
    case 'stream-moved':
      return { kind, stream: stream ?? '' };
    case 'wrong-expected-revision':
      return { kind, actual: revision === '-1' ? 'no-stream' : Number(revision) };
    default:
      throw new Error(`the append function answered ${kind}`);
  }
}
