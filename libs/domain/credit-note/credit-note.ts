import type { CreditNoted, CreditNoteEvent, EventOf } from '#kontor/contracts';
import type { Aggregate } from '../aggregate.js';

/** A credit note is what was issued: nothing happens to it afterwards. */
export type CreditNote = EventOf<typeof CreditNoted>['data'];

export const creditNote: Aggregate<CreditNote, CreditNoteEvent> = {
  category: 'credit-note',
  evolve: (_state, event) => event.data,
};
