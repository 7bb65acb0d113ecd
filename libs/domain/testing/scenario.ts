import { expect } from '@jest/globals';
import { encodeEvent, type DomainEvent, type RefusalCode } from '#kontor/contracts';
import { fold, type Aggregate } from '../aggregate.js';
import type { Decision, Figures } from '../decision.js';
import { metadata } from './values.js';

type Decide<State, Command, Facts> = (state: State, command: Command, facts: Facts) => Decision;

/** What may come of a decision; each check fails the test if something else came. */
export interface Outcome<Event extends DomainEvent> {
  /** Records this event with at least these fields; answers it, to be given to the next scenario. */
  records<Type extends Event['type']>(
    type: Type,
    fields?: DeepPartial<Extract<Event, { type: Type }>['data']>,
  ): Extract<Event, { type: Type }>;
  refuses(code: RefusalCode, figures?: Figures): void;
  changesNothing(): void;
  repeats(revision: number): void;
  findsNo(part: 'discount' | 'payment'): void;
}

type DeepPartial<Value> = Value extends readonly (infer Item)[]
  ? readonly DeepPartial<Item>[]
  : Value extends object
    ? { readonly [Field in keyof Value]?: DeepPartial<Value[Field]> }
    : Value;

/**
 * `given(...events).when(decision, command, facts)`. The decision is made twice, and must be the same; a recorded event must fit its
 * schema, be foldable, and on top of it the same command must record nothing more.
 */
export const scenario =
  <State, Event extends DomainEvent>(aggregate: Aggregate<State, Event>) =>
  (...events: readonly Event[]) => ({
    when<Command, Facts>(
      decide: Decide<State, Command, Facts>,
      command: Command,
      facts: Facts,
    ): Outcome<Event> {
      const decideAfter = (history: readonly Event[]): Decision =>
        // A decision that creates an aggregate is told that there is none; the others are never asked then.
        decide(fold(aggregate, history) as State, command, facts);
      const decision = decideAfter(events);
      expect(decideAfter(events)).toEqual(decision);
      return outcomeOf(decision, (event) => decideAfter([...events, event]));
    },
  });

function outcomeOf<Event extends DomainEvent>(
  decision: Decision,
  decideAgainAfter: (event: Event) => Decision,
): Outcome<Event> {
  return {
    records(type, fields) {
      expect(decision).toMatchObject({ kind: 'record', event: { type, data: fields ?? {} } });
      const { event } = decision as Extract<Decision, { kind: 'record' }>;
      const recorded = event as Extract<Event, { type: typeof type }>;
      encodeEvent(recorded, metadata.commandId, metadata);
      expect(decideAgainAfter(recorded).kind).not.toBe('record');
      return recorded;
    },
    refuses: (code, figures = {}) => expect(decision).toMatchObject({ kind: 'refuse', code, figures }),
    changesNothing: () => expect(decision).toEqual({ kind: 'nothing' }),
    repeats: (revision) => expect(decision).toEqual({ kind: 'repeats', revision }),
    findsNo: (part) => expect(decision).toEqual({ kind: 'unknown', part }),
  };
}
