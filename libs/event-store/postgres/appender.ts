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

const appendApart: Statement = {
  name: 'append-apart',
  text: 'select unnest(event_log.append_apart($1, $2, $3, $4, $5, $6, $7, $8, $9))',
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
    const apart = areApart(batch) ? await this.#sendApart(batch).catch(unlessUnavailable) : undefined;
    const left = apart ? batch.filter((_, index) => !apart[index]) : batch;
    const others = left.length > 0 ? await this.#send(left).catch(unlessUnavailable) : [];
    this.#appends.areRivals = others?.some(({ kind }) => kind !== 'appended') ?? false;
    const answers: (AppendOutcome | Promise<AppendOutcome>)[] =
      others ?? left.map(async (each) => only(await this.#send([each])));
    return batch.map((_, index) => apart?.[index] ?? only(answers.splice(0, 1)));
  }

  /** Undefined for one that can't be appended as it is wanted: for it nothing is done. */
  async #sendApart(batch: readonly Append[]): Promise<(AppendOutcome | undefined)[]> {
    const [alone, ...others] = batch;
    const rows =
      alone && others.length === 0
        ? await this.#sendAlone(alone)
        : await this.pipeline.query(appendApart, [...columnsOf(batch), ...conditionsOf(batch)]);
    return batch.map(({ expected }, index) => {
      const position = rows[index]?.[0];
      if (position == null) return undefined;
      return { kind: 'appended', repeated: false, revision: expected + 1, position: BigInt(position) };
    });
  }

  #sendAlone({ stream, expected, events, unmoved }: Append): Promise<readonly TextRow[]> {
    const event = only(events);
    return this.pipeline.query(appendAlone, [
      stream,
      expected,
      event.eventId,
      event.type,
      event.data,
      event.metadata,
      textArray(unmoved.map((each) => each.stream)),
      integerArray(unmoved.map(({ revision }) => numberOf(revision))),
    ]);
  }

  async #send(batch: readonly Append[]): Promise<AppendOutcome[]> {
    const counts = integerArray(batch.map(({ events }) => events.length));
    const [streams, expected, ...events] = columnsOf(batch);
    const values = [streams, expected, counts, ...events, ...conditionsOf(batch)];
    const rows = await this.pipeline.query(append, values);
    return rows.map(toOutcome);
  }
}

/** Whether each is one event, none to the stream of another or to one that must not have moved. */
function areApart(batch: readonly Append[]): boolean {
  if (batch.some(({ events }) => events.length > 1)) return false;
  if (batch.length === 1) return true;
  const streams = new Set(batch.map(({ stream }) => stream));
  const eventIds = new Set(batch.map(({ events }) => only(events).eventId.toLowerCase()));
  return (
    streams.size === batch.length &&
    eventIds.size === batch.length &&
    !batch.some(({ unmoved }) => unmoved.some(({ stream }) => streams.has(stream)))
  );
}

function columnsOf(batch: readonly Append[]): Buffer[] {
  const events = batch.flatMap((each) => each.events);
  return [
    textArray(batch.map(({ stream }) => stream)),
    integerArray(batch.map(({ expected }) => expected)),
    uuidArray(events.map(({ eventId }) => eventId)),
    textArray(events.map(({ type }) => type)),
    textArray(events.map(({ data }) => data)),
    textArray(events.map(({ metadata }) => metadata)),
  ];
}

function conditionsOf(batch: readonly Append[]): Buffer[] {
  const conditions = batch.flatMap(({ unmoved }, index) =>
    unmoved.map(({ stream, revision }) => ({ of: index + 1, stream, since: numberOf(revision) })),
  );
  return [
    integerArray(conditions.map(({ of }) => of)),
    textArray(conditions.map(({ stream }) => stream)),
    integerArray(conditions.map(({ since }) => since)),
  ];
}

function unlessUnavailable(error: unknown): undefined {
  if (error instanceof LogUnavailable) throw error;
}

/** A revision as the function takes it: -1 for no stream. */
const numberOf = (revision: ExpectedRevision): number => (revision === 'no-stream' ? -1 : revision);

function only<Item>(items: readonly Item[]): Item {
  const [item] = items;
  if (item === undefined || items.length > 1) throw new Error(`${items.length} of what should be one`);
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
