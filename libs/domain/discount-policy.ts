import type { Money, Role } from '#kontor/contracts';

/** Up to which average rate who may go, and under which rule. */
export interface DiscountPolicy {
  readonly policyId: string;
  readonly version: number;
  /** The limit of a role for an order of this list total, in basis points; 0 for a role that the policy doesn't name. */
  limitFor(role: Role, listTotal: Money): { readonly limit: number; readonly ruleId: string };
  /** Roles that may go up to this average rate for an order of this list total, those with the least limit first. */
  rolesUpTo(rate: number, listTotal: Money): readonly Role[];
}

/** Reads a policy from the content of its file; throws with all that is wrong with it. */
export function parseDiscountPolicy(content: string): DiscountPolicy {
  throw new Error('not decided yet');
}
