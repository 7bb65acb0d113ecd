import type { Actor, DomainEvent, EventDefinition, EventOf, RefusalCode } from '#kontor/contracts';

/** What every decision is told besides state and command: who acts, and when in business time. */
export interface Circumstances {
  /** Whose powers count: the token's actor, or the account manager whom a sales system acts for. */
  readonly actor: Actor;
  /** ISO 8601 with the offset of the branch's zone: its first ten characters are the business day. */
  readonly occurredAt: string;
}

/** Gives ids to the lines that the caller brought none for: to each by its place, the same whenever it is asked. */
export interface LineIds {
  readonly lineIdAt: (index: number) => string;
}

/** Plain figures that a refusal is explained with; no personal data. */
export type Figures = Readonly<Record<string, unknown>>;

/** One command records one event, changes nothing, repeats what an earlier one did, names what isn't there, or is refused. */
export type Decision<Event extends DomainEvent = DomainEvent> =
  | { readonly kind: 'record'; readonly event: Event }
  | { readonly kind: 'nothing' }
  /** The part (a payment, a discount, ...) stands already with the same content, since the event of this revision. */
  | { readonly kind: 'repeats'; readonly revision: number }
  /** The part that the command is about (a discount to withdraw, a payment to reverse) isn't there: nothing is recorded. */
  | { readonly kind: 'unknown'; readonly part: 'discount' | 'payment' }
  | { readonly kind: 'refuse'; readonly code: RefusalCode; readonly figures: Figures };

export type Refusal = Extract<Decision, { kind: 'refuse' }>;

export const record = <Definition extends EventDefinition>(
  definition: Definition,
  data: EventOf<Definition>['data'],
): { kind: 'record'; event: EventOf<Definition> } => ({
  kind: 'record',
  event: { type: definition.type, data },
});

export const nothing = { kind: 'nothing' } as const;

export const repeats = (revision: number) => ({ kind: 'repeats', revision }) as const;

export const unknown = (part: 'discount' | 'payment') => ({ kind: 'unknown', part }) as const;

export const refuse = (code: RefusalCode, figures: Figures = {}): Refusal => ({
  kind: 'refuse',
  code,
  figures,
});
