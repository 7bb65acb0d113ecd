import type { DomainEvent } from '#kontor/contracts';

/** How the state of one kind of aggregate comes from its events. */
export interface Aggregate<State, Event extends DomainEvent = DomainEvent> {
  /** The stream of an aggregate is `{category}-{id}`. */
  readonly category: string;
  /** Folds one more event; undefined is the state before the first. Total: what is recorded is never refused. */
  readonly evolve: (state: State | undefined, event: Event, revision: number) => State | undefined;
}

export const streamOf = (aggregate: Pick<Aggregate<never>, 'category'>, id: string): string =>
  `${aggregate.category}-${id}`;

/** The state that a stream's events, in order and from the first, add up to; undefined for none. */
export const fold = <State, Event extends DomainEvent>(
  aggregate: Aggregate<State, Event>,
  events: Iterable<Event>,
): State | undefined => {
  let state: State | undefined;
  let revision = 0;
  for (const event of events) state = aggregate.evolve(state, event, revision++);
  return state;
};
