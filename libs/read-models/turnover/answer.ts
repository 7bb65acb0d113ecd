import { Type, type Static } from '@sinclair/typebox';
import { Currency, Fields, Money } from '#kontor/contracts';
import { Count, Nullable } from '../query/values.js';

/** Sales of one key, such as a month or a territory, in one currency. */
export const TurnoverItem = Fields({
  key: Nullable(Type.String({ examples: ['2011-11'], description: 'null: no product group' })),
  currency: Currency,
  orders: Count,
  ordered: Money,
  discounts: Money,
  credited: Money,
  net: Money,
});
export type TurnoverItem = Static<typeof TurnoverItem>;

export const TurnoverAnswer = Fields({ items: Type.Array(TurnoverItem) });
export type TurnoverAnswer = Static<typeof TurnoverAnswer>;
