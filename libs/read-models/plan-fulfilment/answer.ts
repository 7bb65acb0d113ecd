import { Type, type Static } from '@sinclair/typebox';
import { Code, Fields, Money, Period, PlanMeasure, PlanScope, Uuid, ZonedInstant } from '#kontor/contracts';
import { PositionText } from '../query/page.js';
import { Nullable } from '../query/values.js';

/** What of a plan's target was achieved, for one product group or for all. */
export const PlanFulfilmentItem = Fields({
  planId: Uuid,
  scope: PlanScope,
  period: Period,
  measure: PlanMeasure,
  productGroup: Nullable(Code),
  target: Money,
  /** As first set; null where a revision added the product group. */
  originalTarget: Nullable(Money),
  achieved: Money,
  /** achieved / target in basis points; null for a target of 0. */
  fulfilment: Nullable(Type.Integer({ examples: [9_350] })),
});
export type PlanFulfilmentItem = Static<typeof PlanFulfilmentItem>;

/** An event's part in a figure: for each target (by product group), the contributions sum to what was achieved. */
export const PlanContribution = Fields({
  productGroup: Nullable(Code),
  eventId: Uuid,
  type: Type.String({ examples: ['OrderPlaced'] }),
  position: PositionText,
  occurredAt: ZonedInstant,
  customerId: Uuid,
  orderId: Nullable(Uuid),
  contribution: Money,
});
export type PlanContribution = Static<typeof PlanContribution>;
