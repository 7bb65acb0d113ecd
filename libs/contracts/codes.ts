/**
 * The stable codes by which refusals and problems are known to callers, tables and the audit trail. Never renamed. A status is
 * not part of a code: the HTTP face has one table for that.
 */

/** Refusals by a rule. */
export const RULE_CODES = [
  'amount-too-large',
  'currency-mismatch',
  'currency-unknown',

  'customer.blocked',
  'customer.credit-limit-negative',
  'customer.id-reused',

  'order.amended-below-discounts',
  'order.amended-below-issued',
  'order.discount-exceeds-total',
  'order.discount-id-reused',
  'order.discount-limit-exceeded',
  'order.discount-not-positive',
  'order.discount-rate-or-amount',
  'order.id-reused',
  'order.issue-id-reused',
  'order.line-id-repeated',
  'order.line-returned',
  'order.line-unknown',
  'order.no-lines',
  'order.not-open',
  'order.over-issue',
  'order.over-return',
  'order.payment-id-reused',
  'order.payment-not-positive',
  'order.quantity-not-positive',
  'order.return-id-reused',

  'credit-note.amount-not-positive',
  'credit-note.amount-or-lines',
  'credit-note.id-reused',
  'credit-note.line-id-repeated',
  'credit-note.quantity-not-positive',

  'stock-request.id-reused',
  'stock-request.no-lines',
  'stock-request.not-dispatched',
  'stock-request.not-open',
  'stock-request.over-dispatch',
  'stock-request.quantity-not-positive',
  'stock-request.sku-repeated',
  'stock-request.sku-unknown',

  'sales-plan.branch-mismatch',
  'sales-plan.branch-missing',
  'sales-plan.closed',
  'sales-plan.id-reused',
  'sales-plan.no-targets',
  'sales-plan.paid-by-product-group',
  'sales-plan.target-negative',
  'sales-plan.target-repeated',
] as const;

/** Refusals for lack of authority. */
export const AUTHORITY_CODES = [
  'authority.branch',
  'authority.customer',
  'authority.on-behalf-of',
  'authority.role',
] as const;

/** What else can go wrong at the HTTP face; none of these is recorded. */
export const PROBLEM_CODES = [
  'concurrency-conflict',
  'forbidden',
  'idempotency-key-reused',
  'internal-error',
  'malformed',
  'not-found',
  'payload-too-large',
  'revision-stale',
  'too-many-requests',
  'unauthenticated',
  'unavailable',
  'unsupported-media-type',
] as const;

export type RuleCode = (typeof RULE_CODES)[number];
export type AuthorityCode = (typeof AUTHORITY_CODES)[number];
/** What `CommandRefused` can hold. */
export type RefusalCode = RuleCode | AuthorityCode;
/** What a problem document can hold. */
export type ProblemCode = RefusalCode | (typeof PROBLEM_CODES)[number];
