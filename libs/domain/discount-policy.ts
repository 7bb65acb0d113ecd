import { Type, type Static } from '@sinclair/typebox';
import { Code, compile, Currency, Fields, type Money, Role } from '#kontor/contracts';

/** Up to which average rate who may go, and under which rule. */
export interface DiscountPolicy {
  readonly policyId: string;
  readonly version: number;
  /** The limit of a role for an order of this list total, in basis points; 0 for a role that the policy doesn't name. */
  limitFor(role: Role, listTotal: Money): DiscountLimit;
  /** Roles that may go up to this average rate for an order of this list total, those with the least limit first. */
  rolesUpTo(rate: number, listTotal: Money): readonly Role[];
}

export interface DiscountLimit {
  readonly limit: number;
  readonly ruleId: string;
}

const rule = {
  ruleId: Code,
  role: Role,
  /** Basis points. */
  limit: Type.Integer({ minimum: 0, maximum: 10_000 }),
  /** In orders of any currency if left out. */
  currency: Type.Optional(Currency),
};
const Limit = Fields(rule);
/** Applies from this list total on, in minor units, and never raises a limit. */
const Threshold = Fields({ ...rule, fromTotal: Type.Integer({ minimum: 0 }) });
const PolicyFile = Fields({
  policyId: Code,
  version: Type.Integer({ minimum: 1 }),
  limits: Type.Array(Limit, { minItems: 1 }),
  thresholds: Type.Optional(Type.Array(Threshold)),
});
type PolicyFile = Static<typeof PolicyFile>;

const problemOf = compile(PolicyFile);
const NO_LIMIT: DiscountLimit = { limit: 0, ruleId: 'not-named' };

/** Reads a policy from the content of its file. Throws on what is no policy, saying why. */
export function parseDiscountPolicy(content: string): DiscountPolicy {
  const file: unknown = JSON.parse(content);
  const problem = problemOf(file) ?? ambiguityOf(file as PolicyFile);
  if (problem) throw new Error(`the discount policy is not valid: ${problem}`);
  return discountPolicy(file as PolicyFile);
}

function ambiguityOf({ limits, thresholds = [] }: PolicyFile): string | undefined {
  const ruleIds = [...limits, ...thresholds].map(({ ruleId }) => ruleId);
  const twice = ruleIds.find((ruleId, index) => ruleIds.indexOf(ruleId) !== index);
  if (twice) return `rule ${twice} stands there twice`;
  const keys = limits.map(({ role, currency }) => `${role} in ${currency ?? 'any currency'}`);
  const double = keys.find((key, index) => keys.indexOf(key) !== index);
  return double && `${double} has two limits`;
}

function discountPolicy({ policyId, version, limits, thresholds = [] }: PolicyFile): DiscountPolicy {
  const limitFor = (role: Role, listTotal: Money): DiscountLimit => {
    const own = limits.filter((limit) => limit.role === role);
    const limit =
      own.find(({ currency }) => currency === listTotal.currency) ?? own.find(({ currency }) => !currency);
    return thresholds
      .filter((threshold) => threshold.role === role && applies(threshold, listTotal))
      .reduce<DiscountLimit>((least, next) => (next.limit < least.limit ? next : least), limit ?? NO_LIMIT);
  };
  const roles = [...new Set(limits.map(({ role }) => role))];
  return {
    policyId,
    version,
    limitFor,
    rolesUpTo: (rate, listTotal) =>
      roles
        .map((role) => ({ role, limit: limitFor(role, listTotal).limit }))
        .filter(({ limit }) => limit >= rate)
        .toSorted((one, other) => one.limit - other.limit)
        .map(({ role }) => role),
  };
}

const applies = ({ currency, fromTotal }: Static<typeof Threshold>, listTotal: Money): boolean =>
  (currency ?? listTotal.currency) === listTotal.currency && listTotal.amount >= fromTotal;
