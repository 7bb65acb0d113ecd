import type { Actor, Metadata, Money } from '#kontor/contracts';
import { parseDiscountPolicy, type DiscountPolicy } from '../discount-policy.js';

export const uuid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

export const CUSTOMER_ID = uuid(1);
export const ORDER_ID = uuid(2);

/** The id of the n-th line (from 0) of whatever has lines. */
export const lineId = (index: number): string => uuid(1000 + index);

/** Euros, as a decimal number: for test data only. */
export const eur = (euros: number): Money => ({ amount: Math.round(euros * 100), currency: 'EUR' });
export const yen = (amount: number): Money => ({ amount, currency: 'JPY' });
export const percent = (rate: number): number => Math.round(rate * 100);

export const accountManager: Actor = { actorId: 'anna', role: 'account-manager', branchId: 'london' };

const limits = (limit: number) =>
  (['account-manager', 'branch-director', 'commercial-director', 'general-director'] as const).map(
    (role, index) => ({ ruleId: role, role, limit: [limit, percent(30), percent(100), percent(100)][index] }),
  );

/** The shipped policy, but for the account managers' limit. */
export const policy = (limit = percent(10)): DiscountPolicy =>
  parseDiscountPolicy(JSON.stringify({ policyId: 'test-policy', version: 3, limits: limits(limit) }));

export const OCCURRED_AT = '2011-11-30T14:05:00.000+00:00';

/** What every decision is told; `limit` is the account manager's. */
export const facts = ({ limit }: { readonly limit?: number } = {}) => ({
  actor: accountManager,
  occurredAt: OCCURRED_AT,
  policy: policy(limit),
  lineIdAt: lineId,
});

export const metadata: Omit<Metadata, 'schema'> = {
  commandId: uuid(9001),
  commandDigest: 'a'.repeat(64),
  correlationId: uuid(9001),
  causationId: uuid(9001),
  actor: accountManager,
  authority: { kind: 'role', reference: 'account-manager' },
  occurredAt: OCCURRED_AT,
};
