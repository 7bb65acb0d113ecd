import { decodeEvent, type DomainEvent } from '#kontor/contracts';
import { type Aggregate, creditNote, customer, order, salesPlan, stockRequest } from '#kontor/domain';
import type { EventLog } from '#kontor/event-store';

/** Up to where events count, both inclusive: a log position, or an instant of recording in milliseconds. */
export type Until = { readonly position: bigint } | { readonly recordedAt: number };

export interface Replay {
  readonly stream: string;
  /** Number of the last event that counted, from 0. */
  readonly revision: number;
  readonly position: string;
  readonly events: readonly {
    readonly revision: number;
    readonly type: string;
    readonly occurredAt: string;
  }[];
  readonly state: unknown;
}

type Evolve = (state: unknown, event: DomainEvent, revision: number) => unknown;

/** An aggregate's fold, over whatever its stream holds: events of other aggregates don't get into it. */
const evolving = <State, Event extends DomainEvent>({ category, evolve }: Aggregate<State, Event>) => ({
  category,
  evolve: evolve as Evolve,
});

const aggregates = [
  evolving(customer),
  evolving(order),
  evolving(creditNote),
  evolving(stockRequest),
  evolving(salesPlan),
];

/** Folds a stream by the rules of its aggregate; undefined where it has no event by then, or no aggregate at all. */
export async function replayStream(
  log: EventLog,
  stream: string,
  until?: Until,
): Promise<Replay | undefined> {
  const aggregate = aggregates.find(({ category }) => stream.startsWith(`${category}-`));
  const events: { revision: number; type: string; occurredAt: string }[] = [];
  let state: unknown;
  let position = 0n;
  for await (const recorded of log.readStream(stream)) {
    if (until && isAfter(recorded, until)) break;
    const event = decodeEvent(recorded);
    state = aggregate ? aggregate.evolve(state, event, event.revision) : event.data;
    position = event.position;
    events.push({ revision: event.revision, type: event.type, occurredAt: event.metadata.occurredAt });
  }
  const last = events.at(-1);
  return last && { stream, revision: last.revision, position: String(position), events, state };
}

const isAfter = (event: { readonly position: bigint; readonly recordedAt: number }, until: Until): boolean =>
  'position' in until ? event.position > until.position : event.recordedAt > until.recordedAt;
