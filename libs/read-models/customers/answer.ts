import { Type, type Static } from '@sinclair/typebox';
import {
  Address,
  Code,
  Contact,
  Currency,
  Day,
  Fields,
  Money,
  Reference,
  Segment,
  Uuid,
} from '#kontor/contracts';
import { Nullable, Revision } from '../query/values.js';

/** A customer as known now. */
export const CustomerAnswer = Fields({
  customerId: Uuid,
  customerNumber: Nullable(Reference),
  naturalPerson: Type.Boolean(),
  name: Type.String({ examples: ['Berg & Söhne'] }),
  contact: Contact,
  address: Address,
  taxId: Nullable(Type.String()),
  currency: Currency,
  segment: Segment,
  territory: Code,
  branchId: Code,
  accountManagerId: Code,
  creditLimit: Nullable(Money),
  paymentTermDays: Type.Integer({ examples: [30] }),
  blocked: Type.Boolean(),
  registeredOn: Day,
  revision: Revision,
});
export type CustomerAnswer = Static<typeof CustomerAnswer>;
