import { Type, type Static } from '@sinclair/typebox';
import { defineEvent, type EventOf } from '../define-event.js';
import {
  Code,
  Currency,
  Fields,
  Money,
  Quantity,
  Reference,
  Sku,
  Text,
  Unit,
  UnitPrice,
  Uuid,
} from '../values.js';

export const CreditNoteLine = Fields({
  lineId: Uuid,
  sku: Sku,
  description: Type.String({ maxLength: 500 }),
  productGroup: Type.Optional(Code),
  quantity: Quantity,
  unit: Unit,
  unitPrice: UnitPrice,
  amount: Money,
});
export type CreditNoteLine = Static<typeof CreditNoteLine>;

/** A customer was credited without a known order. Amounts are positive, as taken off. */
export const CreditNoted = defineEvent(
  'CreditNoted',
  1,
  Fields({
    creditNoteId: Uuid,
    creditNoteNumber: Type.Optional(Reference),
    customerId: Uuid,
    branchId: Code,
    accountManagerId: Code,
    territory: Code,
    currency: Currency,
    amount: Money,
    /** Empty where a bare amount was credited. */
    lines: Type.Array(CreditNoteLine),
    reason: Text,
  }),
);

export type CreditNoteEvent = EventOf<typeof CreditNoted>;
