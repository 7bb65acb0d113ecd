import { describe, expect, test } from '@jest/globals';
import { ROLES, type Role } from '#kontor/contracts';
import { powersOf, refusedByAuthority, type CommandName, type Scope } from './authority.js';

const actor = (role: Role, branchId?: string) => ({ actorId: 'anna', role, ...(branchId && { branchId }) });
const own: Scope = { branchId: 'london', customerManagerId: 'anna' };
const colleagues: Scope = { branchId: 'london', customerManagerId: 'ben' };
const elsewhere: Scope = { branchId: 'leeds', customerManagerId: 'anna' };

const registering = (accountManagerId: string) => ({ branchId: 'london', accountManagerId });

const refusal = (command: CommandName, role: Role, scope: Scope, branchId: string | undefined = 'london') =>
  refusedByAuthority(command, actor(role, branchId), scope)?.code;

describe('Authority', () => {
  test.each<[CommandName, readonly Role[]]>([
    ['PlaceOrder', ['account-manager', 'branch-director', 'commercial-director', 'general-director']],
    ['GrantDiscount', ['account-manager', 'branch-director', 'commercial-director', 'general-director']],
    ['ReceiveStock', ['account-manager', 'branch-director', 'commercial-director', 'general-director']],
    [
      'ReceivePayment',
      ['account-manager', 'branch-director', 'commercial-director', 'general-director', 'accounting'],
    ],
    ['ReversePayment', ['accounting']],
    ['BlockCustomer', ['branch-director', 'commercial-director', 'general-director']],
    ['SetSalesPlan', ['branch-director', 'commercial-director', 'general-director']],
    ['DispatchStock', ['warehouse']],
  ])('lets only these roles do %s: %j', (command, roles) => {
    const allowed = ROLES.filter((role) => refusal(command, role, own) === undefined);
    expect(allowed.toSorted()).toEqual(roles.toSorted());
    for (const role of ROLES.filter((role) => !roles.includes(role)))
      expect(refusal(command, role, own)).toBe('authority.role');
  });

  test('keeps account managers to customers that are theirs now, in their branch', () => {
    expect(refusal('PlaceOrder', 'account-manager', colleagues)).toBe('authority.customer');
    expect(refusal('PlaceOrder', 'account-manager', elsewhere)).toBe('authority.branch');
    expect(refusedByAuthority('PlaceOrder', actor('account-manager'), own)?.code).toBe('authority.branch');
  });

  test('lets account managers register customers for themselves only', () => {
    expect(refusal('RegisterCustomer', 'account-manager', registering('anna'))).toBeUndefined();
    expect(refusal('RegisterCustomer', 'account-manager', registering('ben'))).toBe('authority.customer');
    expect(refusal('RegisterCustomer', 'branch-director', registering('ben'))).toBeUndefined();
  });

  test('keeps branch directors to their branch, also where they give a customer away', () => {
    expect(refusal('PlaceOrder', 'branch-director', colleagues)).toBeUndefined();
    expect(refusal('PlaceOrder', 'branch-director', elsewhere)).toBe('authority.branch');
    expect(refusal('ReassignCustomer', 'branch-director', { ...own, toBranchId: 'leeds' })).toBe(
      'authority.branch',
    );
    expect(
      refusal('ReassignCustomer', 'commercial-director', { ...own, toBranchId: 'leeds' }),
    ).toBeUndefined();
  });

  test('leaves plans of no branch to the directors of the company', () => {
    expect(refusal('SetSalesPlan', 'branch-director', {})).toBe('authority.branch');
    expect(refusal('SetSalesPlan', 'commercial-director', {})).toBeUndefined();
  });

  test('lets accounting work everywhere, and a warehouse too if it is of no branch', () => {
    expect(refusal('ReversePayment', 'accounting', elsewhere)).toBeUndefined();
    expect(refusal('ConfirmStockRequest', 'warehouse', elsewhere)).toBe('authority.branch');
    expect(refusedByAuthority('ConfirmStockRequest', actor('warehouse'), elsewhere)).toBeUndefined();
  });
});

describe('Acting on behalf of somebody', () => {
  test('gives a sales system the powers of the manager whom it names, in its own branch', () => {
    expect(powersOf({ actorId: 'shop', role: 'sales-system', branchId: 'london' }, 'anna')).toEqual({
      actorId: 'anna',
      role: 'account-manager',
      branchId: 'london',
    });
  });

  test('is refused to any other role', () => {
    expect(powersOf(actor('general-director'), 'ben')).toMatchObject({ code: 'authority.on-behalf-of' });
  });

  test('changes nobody’s powers where nobody is named', () => {
    expect(powersOf(actor('accounting'))).toEqual(actor('accounting'));
  });
});
