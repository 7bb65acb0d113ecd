import type { CreditNoteEvent, Money } from '#kontor/contracts';
import type { Customer } from '../customer/customer.js';
import type { Circumstances, Decision, LineIds } from '../decision.js';
import type { CreditNote } from './credit-note.js';

export interface CreditedLine {
  /** Made by `idFor` if left out. */
  readonly lineId?: string;
  readonly sku: string;
  readonly description?: string;
  readonly productGroup?: string;
  readonly quantity: string;
  /** `pcs` if left out. */
  readonly unit?: string;
  readonly unitPrice: string;
}

/** Either a bare amount or lines. */
export interface IssueCreditNote {
  readonly creditNoteId: string;
  readonly creditNoteNumber?: string;
  readonly customerId: string;
  /** The customer's if left out. */
  readonly territory?: string;
  readonly reason: string;
  readonly amount?: Money;
  readonly lines?: readonly CreditedLine[];
}

export interface CreditNoteFacts extends Circumstances, LineIds {
  readonly customer: Customer;
}

/** Credits a customer without a known order. */
export function issueCreditNote(
  creditNote: CreditNote | undefined,
  command: IssueCreditNote,
  facts: CreditNoteFacts,
): Decision<CreditNoteEvent> {
  throw new Error('not decided yet');
}
