import { integerArray, textArray, uuidArray } from '#kontor/postgres';
import type {
  AppendConditions,
  AppendOutcome,
  EventToAppend,
  ExpectedRevision,
  StreamSeen,
} from '../port.js';
import { LogUnavailable } from '../port.js';
import { Coalescer, type CoalescerLimits } from './coalescer.js';
import type { Pipeline, Row, Statement } from './connections.js';

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
      return await this.#send(batch);
    } catch (error) {
      if (error instanceof LogUnavailable || batch.length === 1) throw error;
      return batch.map(async (each) => only(await this.#send([each])));
    }
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

function toOutcome([kind, revision, position, eventId, stream]: Row): AppendOutcome {
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
