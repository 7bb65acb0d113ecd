import { Type, type Static } from '@sinclair/typebox';
import { defineEvent, type EventOf } from '../define-event.js';
import { Code, Currency, Fields, Money, Period, PlanMeasure, PlanScopeKind, Text, Uuid } from '../values.js';

/** Whose sales count: an account manager's, a branch's or a territory's. */
export const PlanScope = Fields({ kind: PlanScopeKind, id: Code });
export type PlanScope = Static<typeof PlanScope>;

/** What is to be reached, for one product group or, without one, for all. */
export const PlanTarget = Fields({ productGroup: Type.Optional(Code), target: Money });
export type PlanTarget = Static<typeof PlanTarget>;

const PlanTargets = Type.Array(PlanTarget, { minItems: 1 });
const planFacts = {
  planId: Uuid,
  scope: PlanScope,
  /** The branch whose plan it is; a territory's plan may have none. */
  branchId: Type.Optional(Code),
  period: Period,
  measure: PlanMeasure,
  currency: Currency,
};

/** Targets were set for a scope and a period. */
export const SalesPlanSet = defineEvent('SalesPlanSet', 1, Fields({ ...planFacts, targets: PlanTargets }));

/** The targets are others from now on; the original ones stay on record. */
export const SalesPlanRevised = defineEvent(
  'SalesPlanRevised',
  1,
  Fields({ ...planFacts, targets: PlanTargets, reason: Text }),
);

/** The plan takes no more revisions. */
export const SalesPlanClosed = defineEvent(
  'SalesPlanClosed',
  1,
  Fields({ ...planFacts, reason: Type.Optional(Text) }),
);

export type SalesPlanEvent =
  EventOf<typeof SalesPlanSet> | EventOf<typeof SalesPlanRevised> | EventOf<typeof SalesPlanClosed>;
