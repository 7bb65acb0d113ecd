import { Type, type Static } from '@sinclair/typebox';
import { defineEvent, type EventOf } from '../define-event.js';
import { Code, Currency, Fields, Money, Reference, Segment, Text, Uuid, personal } from '../values.js';

export const Contact = Fields({
  person: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  email: Type.Optional(Type.String({ minLength: 3, maxLength: 254 })),
  phone: Type.Optional(Type.String({ minLength: 3, maxLength: 40 })),
});
export type Contact = Static<typeof Contact>;

export const Address = Fields({
  street: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  postalCode: Type.Optional(Type.String({ minLength: 1, maxLength: 20 })),
  city: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  country: Type.String({ minLength: 1, maxLength: 64 }),
});
export type Address = Static<typeof Address>;

const Name = Type.String({ minLength: 1, maxLength: 200 });
const TaxId = Type.String({ minLength: 1, maxLength: 40 });
const PaymentTermDays = Type.Integer({ minimum: 0, maximum: 365 });

/** Stands on every event of a customer, as it is after the event. */
const customerFacts = {
  customerId: Uuid,
  branchId: Code,
  accountManagerId: Code,
  territory: Code,
  currency: Currency,
};

/** A customer was taken on and assigned to an account manager. */
export const CustomerRegistered = defineEvent(
  'CustomerRegistered',
  1,
  Fields({
    ...customerFacts,
    customerNumber: Type.Optional(Reference),
    naturalPerson: Type.Boolean(),
    name: personal('if-natural-person', Name),
    contact: personal('always', Contact),
    address: personal('if-natural-person', Address),
    taxId: Type.Optional(personal('if-natural-person', TaxId)),
    segment: Segment,
    creditLimit: Type.Optional(Money),
    paymentTermDays: PaymentTermDays,
  }),
);

/** Details were put right; only the fields that changed are there. */
export const CustomerDetailsCorrected = defineEvent(
  'CustomerDetailsCorrected',
  1,
  Fields({
    ...customerFacts,
    customerNumber: Type.Optional(Reference),
    name: Type.Optional(personal('if-natural-person', Name)),
    contact: Type.Optional(personal('always', Contact)),
    address: Type.Optional(personal('if-natural-person', Address)),
    taxId: Type.Optional(personal('if-natural-person', TaxId)),
  }),
);

/** The customer was given to another account manager, possibly of another branch. */
export const CustomerReassigned = defineEvent(
  'CustomerReassigned',
  1,
  Fields({ ...customerFacts, previousBranchId: Code, previousAccountManagerId: Code, reason: Text }),
);

export const CustomerSegmentChanged = defineEvent(
  'CustomerSegmentChanged',
  1,
  Fields({ ...customerFacts, segment: Segment, previousSegment: Segment, reason: Type.Optional(Text) }),
);

/** Credit limit (none: no limit is set) and payment term from now on. */
export const CreditTermsSet = defineEvent(
  'CreditTermsSet',
  1,
  Fields({ ...customerFacts, creditLimit: Type.Optional(Money), paymentTermDays: PaymentTermDays }),
);

/** No new orders are taken from the customer. */
export const CustomerBlocked = defineEvent('CustomerBlocked', 1, Fields({ ...customerFacts, reason: Text }));

export const CustomerUnblocked = defineEvent(
  'CustomerUnblocked',
  1,
  Fields({ ...customerFacts, reason: Type.Optional(Text) }),
);

export type CustomerEvent =
  | EventOf<typeof CustomerRegistered>
  | EventOf<typeof CustomerDetailsCorrected>
  | EventOf<typeof CustomerReassigned>
  | EventOf<typeof CustomerSegmentChanged>
  | EventOf<typeof CreditTermsSet>
  | EventOf<typeof CustomerBlocked>
  | EventOf<typeof CustomerUnblocked>;
