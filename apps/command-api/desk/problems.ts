import type { ProblemCode } from '#kontor/contracts';

interface Told {
  readonly status: 400 | 401 | 403 | 404 | 409 | 412 | 413 | 415 | 422 | 429 | 500 | 503;
  readonly detail: string;
}

const conflict = (detail: string): Told => ({ status: 409, detail });
const rule = (detail: string): Told => ({ status: 422, detail });
const authority = (detail: string): Told => ({ status: 403, detail });
const idReused = (what: string): Told =>
  conflict(`A ${what} of this id is recorded already, with other content.`);

/**
 * How each code is told: 409 where the state forbids it, 422 for every other rule. The compiler sees to it that none is
 * missing.
 */
export const problems: Readonly<Record<ProblemCode, Told>> = {
  'amount-too-large': rule('An amount is larger than can be counted exactly.'),
  'currency-mismatch': rule('Every amount must be in the currency of the customer.'),
  'currency-unknown': rule('The currency is not one of ISO 4217.'),

  'customer.blocked': conflict('The customer is blocked: no new orders are taken.'),
  'customer.credit-limit-negative': rule('A credit limit is not negative.'),
  'customer.id-reused': idReused('customer'),

  'order.amended-below-discounts': rule('The new lines would cost less than the discounts granted on them.'),
  'order.amended-below-issued': conflict('The new lines would be less than what was issued or returned.'),
  'order.discount-exceeds-total': rule('The discount is larger than what it would be taken off.'),
  'order.discount-id-reused': idReused('discount'),
  'order.discount-limit-exceeded': rule(
    'The average discount would be above the limit of whoever grants it.',
  ),
  'order.discount-not-positive': rule('A discount takes something off.'),
  'order.discount-rate-or-amount': rule('A discount is either a rate or an amount.'),
  'order.id-reused': idReused('order'),
  'order.issue-id-reused': idReused('goods issue'),
  'order.line-id-repeated': rule('Two lines have the same id.'),
  'order.line-returned': conflict('The line was returned.'),
  'order.line-unknown': rule('The order has no such line.'),
  'order.no-lines': rule('An order has at least one line.'),
  'order.not-open': conflict('The order is not open.'),
  'order.over-issue': conflict('More would be issued than was ordered.'),
  'order.over-return': conflict('More would be returned than was ordered and not yet returned.'),
  'order.payment-id-reused': idReused('payment'),
  'order.payment-not-positive': rule('A payment is more than nothing.'),
  'order.quantity-not-positive': rule('A quantity is more than nothing.'),
  'order.return-id-reused': idReused('return'),

  'credit-note.amount-not-positive': rule('A credit note takes something off.'),
  'credit-note.amount-or-lines': rule('A credit note has either an amount or lines.'),
  'credit-note.id-reused': idReused('credit note'),
  'credit-note.line-id-repeated': rule('Two lines have the same id.'),
  'credit-note.quantity-not-positive': rule('A quantity is more than nothing.'),

  'stock-request.id-reused': idReused('stock request'),
  'stock-request.no-lines': rule('A stock request has at least one line.'),
  'stock-request.not-dispatched': conflict('Nothing is on its way.'),
  'stock-request.not-open': conflict('The stock request is not open for this.'),
  'stock-request.over-dispatch': conflict('More would be dispatched than was requested.'),
  'stock-request.quantity-not-positive': rule('A quantity is more than nothing.'),
  'stock-request.sku-repeated': rule('Two lines are of the same article.'),
  'stock-request.sku-unknown': rule('The article was not requested.'),

  'sales-plan.branch-mismatch': rule("A branch's plan is of that branch."),
  'sales-plan.branch-missing': rule("An account manager's plan names the branch."),
  'sales-plan.closed': conflict('The plan is closed.'),
  'sales-plan.id-reused': idReused('plan'),
  'sales-plan.no-targets': rule('A plan has at least one target.'),
  'sales-plan.paid-by-product-group': rule(
    'A payment has no product group: what is paid is planned as a whole.',
  ),
  'sales-plan.target-negative': rule('A target is not negative.'),
  'sales-plan.target-repeated': rule('Two targets are for the same product group.'),

  'authority.branch': authority('This is outside the branch of whoever acts.'),
  'authority.customer': authority('The customer is assigned to another account manager.'),
  'authority.on-behalf-of': authority('Only a sales system acts on behalf of somebody.'),
  'authority.role': authority('This is not among the powers of the role.'),

  'concurrency-conflict': conflict(
    'Others changed the same thing at the same time; the same call may be made again.',
  ),
  forbidden: authority('This is outside the scope of the role.'),
  'idempotency-key-reused': rule('The key was used for another command.'),
  'internal-error': { status: 500, detail: 'Something went wrong here; it was logged.' },
  malformed: { status: 400, detail: 'The request is malformed.' },
  'not-found': { status: 404, detail: 'There is no such thing.' },
  'payload-too-large': { status: 413, detail: 'The request is too large.' },
  'revision-stale': { status: 412, detail: 'It changed since the revision that the caller holds.' },
  'too-many-requests': { status: 429, detail: 'Too much is under way; the same call may be made again.' },
  unauthenticated: { status: 401, detail: 'A valid token is needed.' },
  unavailable: { status: 503, detail: 'The event log does not answer; the same call may be made again.' },
  'unsupported-media-type': { status: 415, detail: 'The body is of a media type not taken here.' },
};
