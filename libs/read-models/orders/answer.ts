import { Type, type Static } from '@sinclair/typebox';
import {
  BasisPoints,
  Code,
  Currency,
  Day,
  DiscountScope,
  Fields,
  Money,
  Quantity,
  Reference,
  Sku,
  Text,
  Unit,
  UnitPrice,
  Uuid,
  ZonedInstant,
} from '#kontor/contracts';
import { Nullable, Revision } from '../query/values.js';

const Line = Fields({
  lineId: Uuid,
  sku: Sku,
  description: Type.String({ examples: ['White hanging heart'] }),
  productGroup: Nullable(Code),
  quantity: Quantity,
  unit: Unit,
  listPrice: UnitPrice,
  unitPrice: UnitPrice,
  amount: Money,
  /** Share of the discounts in force. */
  discount: Money,
  cancelledQuantity: Quantity,
  issuedQuantity: Quantity,
  returnedQuantity: Quantity,
});

const Discount = Fields({
  discountId: Uuid,
  scope: DiscountScope,
  asked: Type.Union([Fields({ rate: BasisPoints }), Fields({ amount: Money })]),
  amount: Money,
  reason: Text,
  grantedAt: ZonedInstant,
  withdrawnAt: Nullable(ZonedInstant),
});

const Payment = Fields({
  paymentId: Uuid,
  amount: Money,
  method: Code,
  reference: Nullable(Text),
  receivedAt: ZonedInstant,
  receivedOn: Day,
  reversedAt: Nullable(ZonedInstant),
});

const MovedLine = Fields({ lineId: Uuid, sku: Sku, quantity: Quantity, amount: Money });

const Issue = Fields({
  issueId: Uuid,
  amount: Money,
  lines: Type.Array(MovedLine),
  reference: Nullable(Text),
  issuedAt: ZonedInstant,
});

const Return = Fields({
  returnId: Uuid,
  amount: Money,
  lines: Type.Array(MovedLine),
  reason: Text,
  returnedAt: ZonedInstant,
});

/** An order with everything that happened to it. */
export const OrderAnswer = Fields({
  orderId: Uuid,
  orderNumber: Nullable(Reference),
  customerId: Uuid,
  branchId: Code,
  accountManagerId: Code,
  territory: Code,
  currency: Currency,
  status: Type.Unsafe<'open' | 'cancelled'>({ type: 'string', enum: ['open', 'cancelled'] }),
  placedAt: ZonedInstant,
  dueOn: Day,
  listTotal: Money,
  /** After discounts, amendments and cancellation. */
  total: Money,
  issued: Money,
  returned: Money,
  paid: Money,
  /** total − returned − paid; negative: overpaid. */
  balance: Money,
  lines: Type.Array(Line),
  discounts: Type.Array(Discount),
  payments: Type.Array(Payment),
  issues: Type.Array(Issue),
  returns: Type.Array(Return),
  revision: Revision,
});
export type OrderAnswer = Static<typeof OrderAnswer>;
