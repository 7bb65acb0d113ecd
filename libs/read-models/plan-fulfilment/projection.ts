import type { CreditNoteEvent, CustomerEvent, LoggedEvent, OrderEvent } from '#kontor/contracts';
import { insert, projection, set, type Change } from '../engine/projection.js';
import { businessDay, occurrence } from '../occurrence.js';
import { splitByProductGroup } from '../product-group-split.js';
import { daysOf } from './period.js';
import { planContributionsTable, planCustomersTable, salesPlansTable } from './rows.js';

/** Which measures an amount counts for: added, taken off, or not at all. */
interface Effect {
  readonly ordered?: 1 | 0 | -1;
  readonly issued?: 1 | 0 | -1;
  readonly paid?: 1 | 0 | -1;
}

/** Rows for an event's amount, split by product group. */
function contributions(
  event: LoggedEvent<OrderEvent | CreditNoteEvent>,
  split: ReadonlyMap<string, number>,
  { ordered = 0, issued = 0, paid = 0 }: Effect,
): Change[] {
  const { customerId, accountManagerId, branchId, territory, currency } = event.data;
  const { occurredAt, utcOffset } = occurrence(event);
  return [...split]
    .filter(([, amount]) => amount !== 0)
    .map(([productGroup, amount]) =>
      insert(planContributionsTable, {
        day: businessDay(event),
        position: event.position,
        productGroup,
        eventId: event.eventId,
        kind: event.type,
        customerId,
        orderId: event.type === 'CreditNoted' ? null : event.data.orderId,
        accountManagerId,
        branchId,
        territory,
        currency,
        occurredAt,
        utcOffset,
        ordered: ordered * amount,
        issued: issued * amount,
        paid: paid * amount,
      }),
    );
}

const ofLines = (event: { data: { lines: Parameters<typeof splitByProductGroup>[0] } }) =>
  splitByProductGroup(event.data.lines);

const assign = ({ data }: LoggedEvent<CustomerEvent>): Change =>
  set(
    planCustomersTable,
    { customerId: data.customerId },
    { accountManagerId: data.accountManagerId, branchId: data.branchId },
  );

export const planFulfilment = projection(
  'plan-fulfilment',
  1,
  [salesPlansTable, planContributionsTable, planCustomersTable],
  {
    SalesPlanSet: (event) => {
      const { planId, scope, branchId, period, measure, currency, targets } = event.data;
      return insert(salesPlansTable, {
        planId,
        scopeKind: scope.kind,
        scopeId: scope.id,
        branchId: branchId ?? null,
        period,
        ...daysOf(period),
        measure,
        currency,
        targets,
        originalTargets: targets,
        closed: false,
        revision: event.revision,
      });
    },
    SalesPlanRevised: ({ data: { planId, targets }, revision }) =>
      set(salesPlansTable, { planId }, { targets, revision }),
    SalesPlanClosed: ({ data: { planId }, revision }) =>
      set(salesPlansTable, { planId }, { closed: true, revision }),
    CustomerRegistered: assign,
    CustomerReassigned: assign,
    OrderPlaced: (event) => contributions(event, ofLines(event), { ordered: 1 }),
    OrderAmended: (event) => contributions(event, ofLines(event), { ordered: 1 }),
    OrderCancelled: (event) => contributions(event, ofLines(event), { ordered: -1 }),
    DiscountGranted: (event) => contributions(event, ofLines(event), { ordered: -1 }),
    DiscountWithdrawn: (event) => contributions(event, ofLines(event), { ordered: 1 }),
    GoodsIssued: (event) => contributions(event, ofLines(event), { issued: 1 }),
    GoodsReturned: (event) => contributions(event, ofLines(event), { ordered: -1, issued: -1 }),
    CreditNoted: (event) =>
      contributions(event, splitByProductGroup(event.data.lines, event.data.amount.amount), { ordered: -1 }),
    PaymentReceived: (event) =>
      contributions(event, splitByProductGroup([], event.data.amount.amount), { paid: 1 }),
    PaymentReversed: (event) =>
      contributions(event, splitByProductGroup([], event.data.amount.amount), { paid: -1 }),
  },
);
