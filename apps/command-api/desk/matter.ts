import type { DomainEvent } from '#kontor/contracts';
import type { Aggregate, Circumstances, Decision, Scope } from '#kontor/domain';

/** Whom and what a command concerns: by this its authority is judged, and a refusal is found again. */
export interface Concern extends Scope {
  readonly customerId?: string;
  readonly orderId?: string;
  /** In whose zone the business day is counted, where it isn't the branch of the scope. */
  readonly zoneOf?: string;
}

/** Something that a command names and that isn't there. */
export class Missing {
  constructor(readonly what: string) {}
}

/** Reads another aggregate that the decision needs to know. */
export type Find = <State, Event extends DomainEvent>(
  aggregate: Aggregate<State, Event>,
  id: string,
) => Promise<State | Missing>;

/**
 * What a handler tells the desk about its command. `Sight` is what it needs to see of the aggregate: its state, or, where the
 * command makes the aggregate, perhaps nothing.
 */
export interface Matter<
  State,
  Sight extends State | undefined,
  Event extends DomainEvent,
  Facts extends object,
> {
  readonly aggregate: Aggregate<State, Event>;
  readonly id: string;
  /** What the answer names: the aggregate's id, and the part's where there is one. */
  readonly ids: Readonly<Record<string, string>>;
  /** What the decision needs to know of others. Looks at nothing of the sight that could change. */
  readonly facts: (find: Find, sight: Sight) => Promise<Facts | Missing>;
  readonly concern: (facts: Facts, sight: Sight) => Concern;
  readonly decide: (sight: Sight, facts: Facts, circumstances: Circumstances) => Decision<Event>;
}

export type Change<State, Event extends DomainEvent, Facts extends object> = Matter<
  State,
  State,
  Event,
  Facts
>;

/** The matter of a command that makes its aggregate. */
export interface Creation<State, Event extends DomainEvent, Facts extends object> extends Matter<
  State,
  State | undefined,
  Event,
  Facts
> {
  /** Where it is found afterwards, on the query API. */
  readonly path: string;
}

/** For matters that concern nobody else. */
export const noFacts = () => Promise.resolve({});
