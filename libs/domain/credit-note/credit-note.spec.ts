import { describe, test } from '@jest/globals';
import type { CreditNoteEvent } from '#kontor/contracts';
import {
  customerBlocked,
  customerOf,
  customerReassigned,
  customerRegistered,
} from '../testing/customer-mother.js';
import { scenario } from '../testing/scenario.js';
import { CUSTOMER_ID, eur, facts, lineId, uuid, yen } from '../testing/values.js';
import { creditNote } from './credit-note.js';
import { issueCreditNote, type IssueCreditNote } from './issue-credit-note.js';

const given = scenario(creditNote);
const creditNoteId = uuid(3);
const credit = (command: Partial<IssueCreditNote>): IssueCreditNote => ({
  creditNoteId,
  customerId: CUSTOMER_ID,
  reason: 'return',
  ...command,
});
const creditFacts = (customer = customerOf()) => ({ ...facts(), customer });
const piece = { sku: 'sku-0', quantity: '2', unitPrice: '1.25' };

const creditNoted = (amount: number): CreditNoteEvent => ({
  type: 'CreditNoted',
  data: {
    creditNoteId,
    customerId: CUSTOMER_ID,
    branchId: 'london',
    accountManagerId: 'anna',
    territory: 'United Kingdom',
    currency: 'EUR',
    amount: eur(amount),
    lines: [],
    reason: 'return',
  },
});

describe('Issuing a credit note', () => {
  test('credits lines, with their sum', () => {
    given()
      .when(
        issueCreditNote,
        credit({
          creditNoteNumber: 'C536379',
          lines: [piece, { ...piece, productGroup: 'toys', quantity: '1' }],
        }),
        creditFacts(),
      )
      .records('CreditNoted', {
        creditNoteNumber: 'C536379',
        accountManagerId: 'anna',
        territory: 'United Kingdom',
        amount: eur(3.75),
        lines: [
          { lineId: lineId(0), unit: 'pcs', amount: eur(2.5) },
          { lineId: lineId(1), productGroup: 'toys', amount: eur(1.25) },
        ],
      });
  });

  test('credits a bare amount, in another territory if one is given', () => {
    given()
      .when(issueCreditNote, credit({ amount: eur(5), territory: 'Wales' }), creditFacts())
      .records('CreditNoted', { amount: eur(5), lines: [], territory: 'Wales' });
  });

  test('credits a blocked customer too', () => {
    given()
      .when(
        issueCreditNote,
        credit({ amount: eur(5) }),
        creditFacts(customerOf(customerRegistered(), customerBlocked())),
      )
      .records('CreditNoted');
  });

  test('repeats what it did for the same id and content, whoever serves the customer now', () => {
    given(creditNoted(5))
      .when(
        issueCreditNote,
        credit({ amount: eur(5) }),
        creditFacts(customerOf(customerRegistered(), customerReassigned())),
      )
      .repeats(0);
  });

  test('is refused for the same id with other content', () => {
    given(creditNoted(5))
      .when(issueCreditNote, credit({ amount: eur(6) }), creditFacts())
      .refuses('credit-note.id-reused', { creditNoteId });
  });

  test.each([
    ['neither amount nor lines', {}, 'credit-note.amount-or-lines'],
    ['both amount and lines', { amount: eur(2.5), lines: [piece] }, 'credit-note.amount-or-lines'],
    ['an amount of 0', { amount: eur(0) }, 'credit-note.amount-not-positive'],
    ['a negative amount', { amount: eur(-1) }, 'credit-note.amount-not-positive'],
    ['lines that sum to 0', { lines: [{ ...piece, unitPrice: '0' }] }, 'credit-note.amount-not-positive'],
    ['no lines', { lines: [] }, 'credit-note.amount-not-positive'],
    ['a quantity of 0', { lines: [{ ...piece, quantity: '0' }] }, 'credit-note.quantity-not-positive'],
    [
      'a line id given twice',
      { lines: [{ ...piece, lineId: lineId(1) }, piece] },
      'credit-note.line-id-repeated',
    ],
    ['another currency', { amount: yen(5) }, 'currency-mismatch'],
    [
      'a sum that can’t be told exactly',
      { lines: [{ ...piece, quantity: '999999999999', unitPrice: '999999' }] },
      'amount-too-large',
    ],
  ] as const)('is refused for %s', (_case, command, code) => {
    given().when(issueCreditNote, credit(command), creditFacts()).refuses(code);
  });
});
