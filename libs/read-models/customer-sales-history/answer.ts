import { Type, type Static } from '@sinclair/typebox';
import { Currency, Day, Fields, Money, Reference, Sku, Uuid, ZonedInstant } from '#kontor/contracts';
import { PageOf, PositionText } from '../query/page.js';
import { Count, Nullable, RecordedAt } from '../query/values.js';

const sums = {
  orders: Count,
  ordered: Money,
  discounts: Money,
  credited: Money,
  net: Money,
  paid: Money,
};

export const SalesHistoryEntry = Fields({
  occurredAt: ZonedInstant,
  recordedAt: RecordedAt,
  kind: Type.String({ examples: ['OrderPlaced'], description: "The event's type" }),
  orderId: Nullable(Uuid),
  orderNumber: Nullable(Reference),
  amount: Money,
  balanceAfter: Money,
  position: PositionText,
});
export type SalesHistoryEntry = Static<typeof SalesHistoryEntry>;

/** What was sold to a customer, what they paid, and what they owe. */
export const SalesHistoryAnswer = Fields({
  customerId: Uuid,
  currency: Currency,
  totals: Fields({
    ...sums,
    balance: Money,
    firstOrderOn: Nullable(Day),
    lastOrderOn: Nullable(Day),
  }),
  months: Type.Array(Fields({ month: Type.String({ examples: ['2011-11'] }), ...sums })),
  entries: PageOf(SalesHistoryEntry),
});
export type SalesHistoryAnswer = Static<typeof SalesHistoryAnswer>;

/** An article that a customer buys: net of returns and credits. */
export const CustomerProduct = Fields({
  sku: Sku,
  description: Type.String({ examples: ['White hanging heart'] }),
  quantity: Type.String({ examples: ['6'], description: 'Less what was cancelled, returned or credited' }),
  net: Money,
  times: Type.Integer({ examples: [2], description: 'In how many orders' }),
  last: Nullable(Day),
});
export type CustomerProduct = Static<typeof CustomerProduct>;
