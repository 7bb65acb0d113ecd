import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { parseDiscountPolicy } from './discount-policy.js';
import { eur, yen } from './testing/values.js';

const shipped = parseDiscountPolicy(
  readFileSync(new URL('../../config/discount-policy.json', import.meta.url), 'utf8'),
);

const manager = { ruleId: 'manager', role: 'account-manager', limit: 1000 };
const policyOf = (rules: object) =>
  parseDiscountPolicy(JSON.stringify({ policyId: 'p', version: 1, limits: [manager], ...rules }));

describe('The shipped discount policy', () => {
  test.each([
    ['account-manager', 1000],
    ['branch-director', 3000],
    ['commercial-director', 10_000],
    ['general-director', 10_000],
    ['accounting', 0],
  ] as const)('limits %s to %i basis points in any currency', (role, limit) => {
    expect(shipped.limitFor(role, eur(100)).limit).toBe(limit);
    expect(shipped.limitFor(role, yen(100)).limit).toBe(limit);
  });

  test('names who could grant a rate, those with the least limit first', () => {
    expect(shipped.rolesUpTo(1001, eur(100))).toEqual([
      'branch-director',
      'commercial-director',
      'general-director',
    ]);
  });
});

describe('A discount policy', () => {
  test('prefers the limit for a currency to that for any', () => {
    const policy = policyOf({
      limits: [manager, { ...manager, ruleId: 'manager-yen', currency: 'JPY', limit: 1500 }],
    });
    expect(policy.limitFor('account-manager', eur(1)).limit).toBe(1000);
    expect(policy.limitFor('account-manager', yen(1))).toMatchObject({ limit: 1500, ruleId: 'manager-yen' });
  });

  test('lowers a limit from a total on, and never raises it', () => {
    const large = {
      ruleId: 'large',
      role: 'account-manager',
      limit: 500,
      currency: 'EUR',
      fromTotal: 100_000,
    };
    const policy = policyOf({ thresholds: [large, { ...large, ruleId: 'huge', limit: 2000, fromTotal: 0 }] });
    expect(policy.limitFor('account-manager', eur(999.99))).toMatchObject({ limit: 1000, ruleId: 'manager' });
    expect(policy.limitFor('account-manager', eur(1000))).toMatchObject({ limit: 500, ruleId: 'large' });
    expect(policy.limitFor('account-manager', yen(100_000))).toMatchObject({ limit: 1000 });
    expect(policy.rolesUpTo(600, eur(1000))).toEqual([]);
  });

  test.each([
    ['no JSON', '{', /JSON/],
    ['no policy', '{}', /policyId/],
    [
      'a limit over 100 %',
      JSON.stringify({ policyId: 'p', version: 1, limits: [{ ...manager, limit: 10_001 }] }),
      /limit/,
    ],
    [
      'one rule id twice',
      JSON.stringify({
        policyId: 'p',
        version: 1,
        limits: [manager, { ...manager, role: 'branch-director' }],
      }),
      /rule manager stands there twice/,
    ],
    [
      'two limits for one role',
      JSON.stringify({ policyId: 'p', version: 1, limits: [manager, { ...manager, ruleId: 'other' }] }),
      /account-manager in any currency has two limits/,
    ],
  ])('is not read from %s', (_case, content, message) => {
    expect(() => parseDiscountPolicy(content)).toThrow(message);
  });
});
