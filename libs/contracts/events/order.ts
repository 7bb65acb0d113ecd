import { Type, type Static } from '@sinclair/typebox';
import { defineEvent, type EventOf } from '../define-event.js';
import {
  BasisPoints,
  Code,
  Currency,
  Day,
  Fields,
  Money,
  Quantity,
  Reference,
  Role,
  Sku,
  Text,
  Unit,
  UnitPrice,
  Uuid,
} from '../values.js';

/** Stands on every event of an order, as it stood when the order was placed. */
const orderFacts = {
  orderId: Uuid,
  customerId: Uuid,
  branchId: Code,
  accountManagerId: Code,
  territory: Code,
  currency: Currency,
};

export const OrderLine = Fields({
  lineId: Uuid,
  sku: Sku,
  description: Type.String({ maxLength: 500 }),
  productGroup: Type.Optional(Code),
  quantity: Quantity,
  unit: Unit,
  listPrice: UnitPrice,
  unitPrice: UnitPrice,
  /** quantity × unitPrice, rounded half away from zero. */
  amount: Money,
});
export type OrderLine = Static<typeof OrderLine>;

/** A line's part of an amount; the parts of an event sum to its amount exactly. */
export const LineShare = Fields({ lineId: Uuid, sku: Sku, productGroup: Type.Optional(Code), amount: Money });
export type LineShare = Static<typeof LineShare>;

/** A line's part of goods issued, returned or cancelled. */
export const LineQuantityShare = Fields({
  lineId: Uuid,
  sku: Sku,
  productGroup: Type.Optional(Code),
  quantity: Quantity,
  amount: Money,
});
export type LineQuantityShare = Static<typeof LineQuantityShare>;

/** Under which rule of which policy a price below the list was allowed. */
export const DiscountEvidence = Fields({
  policyId: Code,
  policyVersion: Type.Integer({ minimum: 1 }),
  ruleId: Code,
  averageRate: BasisPoints,
  limit: BasisPoints,
  approvedBy: Type.Optional(Fields({ actorId: Code, role: Role })),
});
export type DiscountEvidence = Static<typeof DiscountEvidence>;

/** A customer ordered goods. */
export const OrderPlaced = defineEvent(
  'OrderPlaced',
  1,
  Fields({
    ...orderFacts,
    orderNumber: Type.Optional(Reference),
    lines: Type.Array(OrderLine, { minItems: 1 }),
    listTotal: Money,
    total: Money,
    dueOn: Day,
    evidence: DiscountEvidence,
  }),
);

/** The whole order, or the id of one of its lines. */
export const DiscountScope = Type.Union([Type.Literal('order'), Uuid]);

/** Money was taken off an order, within the limit of whoever granted it. */
export const DiscountGranted = defineEvent(
  'DiscountGranted',
  1,
  Fields({
    ...orderFacts,
    discountId: Uuid,
    scope: DiscountScope,
    asked: Type.Union([Fields({ rate: BasisPoints }), Fields({ amount: Money })]),
    amount: Money,
    totalBefore: Money,
    totalAfter: Money,
    reason: Text,
    evidence: DiscountEvidence,
    lines: Type.Array(LineShare),
  }),
);

/** A granted discount was taken back; its stored amount is due again. */
export const DiscountWithdrawn = defineEvent(
  'DiscountWithdrawn',
  1,
  Fields({
    ...orderFacts,
    discountId: Uuid,
    amount: Money,
    totalBefore: Money,
    totalAfter: Money,
    reason: Text,
    lines: Type.Array(LineShare),
  }),
);

/** The order's lines are others from now on; discounts keep their amounts. */
export const OrderAmended = defineEvent(
  'OrderAmended',
  1,
  Fields({
    ...orderFacts,
    /** All lines as they stand after the amendment. */
    amendedLines: Type.Array(OrderLine, { minItems: 1 }),
    listTotal: Money,
    totalBefore: Money,
    totalAfter: Money,
    /** totalAfter − totalBefore: negative where the order became cheaper. */
    amount: Money,
    /** By how much each line, also one that is gone, costs more or less. */
    lines: Type.Array(LineShare),
    /** How the discounts on the whole order that are in force lie on the lines from now on. */
    discounts: Type.Array(Fields({ discountId: Uuid, shares: Type.Array(LineShare) })),
    reason: Text,
    evidence: DiscountEvidence,
  }),
);

/** What was not issued is off; issued goods stay due. */
export const OrderCancelled = defineEvent(
  'OrderCancelled',
  1,
  Fields({
    ...orderFacts,
    amount: Money,
    totalBefore: Money,
    totalAfter: Money,
    reason: Text,
    lines: Type.Array(LineQuantityShare),
  }),
);

/** Money came in for an order. A negative balance afterwards means overpaid. */
export const PaymentReceived = defineEvent(
  'PaymentReceived',
  1,
  Fields({
    ...orderFacts,
    paymentId: Uuid,
    amount: Money,
    method: Code,
    reference: Type.Optional(Text),
    receivedOn: Day,
    balanceBefore: Money,
    balanceAfter: Money,
  }),
);

/** A recorded payment did not stand: bounced, or recorded by mistake. */
export const PaymentReversed = defineEvent(
  'PaymentReversed',
  1,
  Fields({
    ...orderFacts,
    paymentId: Uuid,
    amount: Money,
    reason: Text,
    balanceBefore: Money,
    balanceAfter: Money,
  }),
);

/** Goods left for the customer. The amount is what the issued pieces cost after discounts. */
export const GoodsIssued = defineEvent(
  'GoodsIssued',
  1,
  Fields({
    ...orderFacts,
    issueId: Uuid,
    amount: Money,
    lines: Type.Array(LineQuantityShare, { minItems: 1 }),
    reference: Type.Optional(Text),
  }),
);

/** Goods came back; their cost after discounts is no longer due. */
export const GoodsReturned = defineEvent(
  'GoodsReturned',
  1,
  Fields({
    ...orderFacts,
    returnId: Uuid,
    amount: Money,
    lines: Type.Array(LineQuantityShare, { minItems: 1 }),
    reason: Text,
    balanceBefore: Money,
    balanceAfter: Money,
  }),
);

export type OrderEvent =
  | EventOf<typeof OrderPlaced>
  | EventOf<typeof DiscountGranted>
  | EventOf<typeof DiscountWithdrawn>
  | EventOf<typeof OrderAmended>
  | EventOf<typeof OrderCancelled>
  | EventOf<typeof PaymentReceived>
  | EventOf<typeof PaymentReversed>
  | EventOf<typeof GoodsIssued>
  | EventOf<typeof GoodsReturned>;
