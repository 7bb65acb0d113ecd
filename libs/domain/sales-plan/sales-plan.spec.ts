import { describe, expect, test } from '@jest/globals';
import type { SalesPlanEvent } from '#kontor/contracts';
import { scenario } from '../testing/scenario.js';
import { eur, facts, uuid, yen } from '../testing/values.js';
import { closeSalesPlan } from './close-sales-plan.js';
import { reviseSalesPlan } from './revise-sales-plan.js';
import { salesPlan } from './sales-plan.js';
import { setSalesPlan, type SetSalesPlan } from './set-sales-plan.js';

const given = scenario(salesPlan);
const planId = uuid(5);
const planFacts = {
  planId,
  scope: { kind: 'account-manager' as const, id: 'anna' },
  branchId: 'london',
  period: '2011-11',
  measure: 'ordered' as const,
  currency: 'EUR',
};
const setting = (command: Partial<SetSalesPlan> = {}): SetSalesPlan => ({
  ...planFacts,
  targets: [{ target: eur(1000) }],
  ...command,
});
const revision = (amount: number) => ({ planId, targets: [{ target: eur(amount) }], reason: 'strike' });
const planSet: SalesPlanEvent = {
  type: 'SalesPlanSet',
  data: { ...planFacts, targets: [{ target: eur(1000) }] },
};
const planRevised: SalesPlanEvent = {
  type: 'SalesPlanRevised',
  data: { ...planFacts, targets: [{ target: eur(900) }], reason: 'strike' },
};
const planClosed: SalesPlanEvent = { type: 'SalesPlanClosed', data: planFacts };

describe('Setting a sales plan', () => {
  test('sets targets for all and for single product groups', () => {
    given()
      .when(
        setSalesPlan,
        setting({ targets: [{ target: eur(1000) }, { productGroup: 'toys', target: eur(0) }] }),
        facts(),
      )
      .records('SalesPlanSet', {
        targets: [{ target: eur(1000) }, { productGroup: 'toys', target: eur(0) }],
      });
  });

  test('knows the branch of a branch’s plan', () => {
    const { branchId: _branch, ...command } = setting({ scope: { kind: 'branch', id: 'leeds' } });
    given().when(setSalesPlan, command, facts()).records('SalesPlanSet', { branchId: 'leeds' });
  });

  test('needs no branch for a territory', () => {
    const { branchId: _branch, ...command } = setting({ scope: { kind: 'territory', id: 'France' } });
    const { data } = given().when(setSalesPlan, command, facts()).records('SalesPlanSet');
    expect(data).not.toHaveProperty('branchId');
  });

  test('repeats what it did for the same id and content, also after a revision', () => {
    given(planSet, planRevised).when(setSalesPlan, setting(), facts()).repeats(0);
  });

  test('is refused for the same id with other content', () => {
    given(planSet)
      .when(setSalesPlan, setting({ period: '2011-12' }), facts())
      .refuses('sales-plan.id-reused', { planId });
  });

  test('is refused for an account manager without a branch', () => {
    const { branchId: _branch, ...command } = setting();
    given().when(setSalesPlan, command, facts()).refuses('sales-plan.branch-missing');
  });

  test.each([
    [
      'a branch’s plan in another branch',
      { scope: { kind: 'branch', id: 'leeds' } },
      'sales-plan.branch-mismatch',
    ],
    ['a currency that ISO 4217 doesn’t know', { currency: 'ZZZ' }, 'currency-unknown'],
    ['no targets', { targets: [] }, 'sales-plan.no-targets'],
    ['a target in another currency', { targets: [{ target: yen(1) }] }, 'currency-mismatch'],
    ['a negative target', { targets: [{ target: eur(-1) }] }, 'sales-plan.target-negative'],
    [
      'two targets for all',
      { targets: [{ target: eur(1) }, { target: eur(2) }] },
      'sales-plan.target-repeated',
    ],
    [
      'payments by product group',
      { measure: 'paid', targets: [{ productGroup: 'toys', target: eur(1) }] },
      'sales-plan.paid-by-product-group',
    ],
  ] as const)('is refused for %s', (_case, command, code) => {
    given().when(setSalesPlan, setting(command), facts()).refuses(code);
  });
});

describe('Revising a sales plan', () => {
  test('replaces the targets', () => {
    given(planSet)
      .when(reviseSalesPlan, revision(900), facts())
      .records('SalesPlanRevised', { targets: [{ target: eur(900) }], reason: 'strike' });
  });

  test('changes nothing where the targets are the same', () => {
    given(planSet, planRevised).when(reviseSalesPlan, revision(900), facts()).changesNothing();
  });

  test('is refused once the plan is closed', () => {
    given(planSet, planClosed).when(reviseSalesPlan, revision(900), facts()).refuses('sales-plan.closed');
  });

  test('is refused for targets that could not be set', () => {
    given(planSet)
      .when(reviseSalesPlan, revision(-1), facts())
      .refuses('sales-plan.target-negative', { target: -100 });
  });
});

describe('Closing a sales plan', () => {
  test('takes no more revisions', () => {
    given(planSet)
      .when(closeSalesPlan, { planId, reason: 'year’s end' }, facts())
      .records('SalesPlanClosed', { reason: 'year’s end' });
  });

  test('changes nothing the second time', () => {
    given(planSet, planClosed).when(closeSalesPlan, { planId }, facts()).changesNothing();
  });
});
