import { CreditNoted, type CreditNoteEvent, type CreditNoteLine, type Money } from '#kontor/contracts';
import type { Customer } from '../customer/customer.js';
import {
  record,
  refuse,
  repeats,
  type Circumstances,
  type Decision,
  type LineIds,
  type Refusal,
} from '../decision.js';
import { idsOfLines } from '../line-ids.js';
import { inCurrency, lineAmount, refuseOtherCurrency, refuseTooLarge, sum } from '../money.js';
import { thousandths } from '../quantity.js';
import { sameContent } from '../same-content.js';
import type { CreditNote } from './credit-note.js';

export interface CreditedLine {
  /** Given by `lineIdAt` if left out. */
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
  const { customer } = facts;
  const { creditNoteId, creditNoteNumber, customerId, reason, territory = customer.territory } = command;
  const credited = creditedBy(command, customer.currency, creditNote ? idsOfLines(creditNote.lines) : facts);
  if (credited.kind === 'refuse') return credited;
  const { amount, lines } = credited;
  const content = {
    creditNoteId,
    ...(creditNoteNumber !== undefined && { creditNoteNumber }),
    customerId,
    territory,
    currency: customer.currency,
    amount,
    lines,
    reason,
  };
  if (creditNote) {
    const { branchId: _branch, accountManagerId: _manager, ...issued } = creditNote;
    return sameContent(content, issued) ? repeats(0) : refuse('credit-note.id-reused', { creditNoteId });
  }
  const { branchId, accountManagerId } = customer;
  return record(CreditNoted, { ...content, branchId, accountManagerId });
}

interface Credited {
  readonly kind: 'credited';
  readonly amount: Money;
  readonly lines: CreditNoteLine[];
}

function creditedBy({ amount, lines }: IssueCreditNote, currency: string, ids: LineIds): Credited | Refusal {
  if ((amount === undefined) === (lines === undefined)) return refuse('credit-note.amount-or-lines');
  const mismatch = amount && refuseOtherCurrency(amount.currency, currency);
  if (mismatch) return mismatch;
  const credited = amount
    ? { kind: 'credited' as const, amount, lines: [] }
    : priceLines(lines ?? [], currency, ids);
  if (credited.kind === 'credited' && credited.amount.amount <= 0)
    return refuse('credit-note.amount-not-positive', { amount: credited.amount.amount });
  return credited;
}

function priceLines(
  lines: readonly CreditedLine[],
  currency: string,
  { lineIdAt }: LineIds,
): Credited | Refusal {
  const money = inCurrency(currency);
  const ids = new Set<string>();
  const priced: CreditNoteLine[] = [];
  for (const [index, line] of lines.entries()) {
    const { lineId = lineIdAt(index), quantity, unitPrice, productGroup } = line;
    if (ids.has(lineId)) return refuse('credit-note.line-id-repeated', { lineId });
    ids.add(lineId);
    if (thousandths(quantity) <= 0)
      return refuse('credit-note.quantity-not-positive', { line: index, quantity });
    priced.push({
      lineId,
      sku: line.sku,
      description: line.description ?? '',
      ...(productGroup !== undefined && { productGroup }),
      quantity,
      unit: line.unit ?? 'pcs',
      unitPrice,
      amount: money(lineAmount(quantity, unitPrice, currency)),
    });
  }
  const total = sum(priced.map(({ amount }) => amount.amount));
  return refuseTooLarge(total) ?? { kind: 'credited', amount: money(total), lines: priced };
}
