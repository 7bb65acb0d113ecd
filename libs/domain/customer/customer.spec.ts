import { describe, expect, test } from '@jest/globals';
import {
  creditTermsSet,
  customerBlocked,
  customerOf,
  customerReassigned,
  customerRegistered,
  customerSegmentChanged,
  customerUnblocked,
} from '../testing/customer-mother.js';
import { scenario } from '../testing/scenario.js';
import { CUSTOMER_ID, eur, facts, yen } from '../testing/values.js';
import { blockCustomer } from './block-customer.js';
import { changeSegment } from './change-segment.js';
import { correctCustomerDetails } from './correct-customer-details.js';
import { customer } from './customer.js';
import { reassignCustomer } from './reassign-customer.js';
import { registerCustomer, type RegisterCustomer } from './register-customer.js';
import { setCreditTerms } from './set-credit-terms.js';
import { unblockCustomer } from './unblock-customer.js';

const given = scenario(customer);
const customerId = CUSTOMER_ID;

const registration = (command: Partial<RegisterCustomer> = {}): RegisterCustomer => ({
  customerId,
  naturalPerson: false,
  name: 'Weaver & Sons Ltd',
  contact: { person: 'Wendy Weaver' },
  address: { city: 'London', country: 'United Kingdom' },
  currency: 'EUR',
  segment: 'retail',
  territory: 'United Kingdom',
  branchId: 'london',
  accountManagerId: 'anna',
  ...command,
});

describe('Registering a customer', () => {
  test('takes it on with a payment term of 30 days if none is given', () => {
    given()
      .when(
        registerCustomer,
        registration({ customerNumber: '17850', creditLimit: eur(500), taxId: 'GB1' }),
        facts(),
      )
      .records('CustomerRegistered', {
        customerNumber: '17850',
        creditLimit: eur(500),
        taxId: 'GB1',
        paymentTermDays: 30,
      });
  });

  test('needs no contact', () => {
    const { contact: _contact, ...command } = registration();
    given().when(registerCustomer, command, facts()).records('CustomerRegistered', { contact: {} });
  });

  test('repeats what it did for the same id and content, also after the customer changed', () => {
    given(customerRegistered(), customerReassigned())
      .when(registerCustomer, registration({ paymentTermDays: 30 }), facts())
      .repeats(0);
  });

  test('is refused for the same id with other content', () => {
    given(customerRegistered())
      .when(registerCustomer, registration({ address: { country: 'France' } }), facts())
      .refuses('customer.id-reused', { customerId });
  });

  test.each([
    ['a currency that ISO 4217 doesn’t know', { currency: 'ZZZ' }, 'currency-unknown'],
    ['a credit limit in another currency', { creditLimit: yen(500) }, 'currency-mismatch'],
    ['a negative credit limit', { creditLimit: eur(-1) }, 'customer.credit-limit-negative'],
  ] as const)('is refused for %s', (_case, command, code) => {
    given().when(registerCustomer, registration(command), facts()).refuses(code);
  });
});

test('No refusal about a customer repeats what identifies a person', () => {
  const state = customerOf(customerRegistered());
  const other = registration({ name: 'Wendy Webb', taxId: 'GB1' });
  const refusals = [
    registerCustomer(state, other, facts()),
    registerCustomer(undefined, { ...other, currency: 'ZZZ' }, facts()),
    registerCustomer(undefined, { ...other, creditLimit: eur(-1) }, facts()),
    setCreditTerms(state, { customerId, creditLimit: yen(1), paymentTermDays: 1 }, facts()),
  ];
  expect(refusals.map(({ kind }) => kind)).toEqual(refusals.map(() => 'refuse'));
  expect(JSON.stringify(refusals)).not.toMatch(/Wendy|Weaver|London|GB1/);
});

describe('Correcting details', () => {
  test('records only what differs', () => {
    const { data } = given(customerRegistered())
      .when(
        correctCustomerDetails,
        { customerId, name: 'Weaver & Sons Ltd', contact: { email: 'wendy@example.org' } },
        facts(),
      )
      .records('CustomerDetailsCorrected', { contact: { email: 'wendy@example.org' } });
    expect(data).not.toHaveProperty('name');
  });

  test('changes nothing where nothing differs', () => {
    given(customerRegistered())
      .when(
        correctCustomerDetails,
        { customerId, address: { country: 'United Kingdom', city: 'London' } },
        facts(),
      )
      .changesNothing();
  });
});

describe('Reassigning a customer', () => {
  test('gives it to another manager, in its branch if none is named', () => {
    given(customerRegistered())
      .when(reassignCustomer, { customerId, accountManagerId: 'ben', reason: 'leave' }, facts())
      .records('CustomerReassigned', {
        accountManagerId: 'ben',
        branchId: 'london',
        previousAccountManagerId: 'anna',
        previousBranchId: 'london',
      });
  });

  test('may move it to another branch', () => {
    given(customerRegistered())
      .when(
        reassignCustomer,
        { customerId, accountManagerId: 'anna', branchId: 'leeds', reason: 'moved' },
        facts(),
      )
      .records('CustomerReassigned', { branchId: 'leeds', previousBranchId: 'london' });
  });

  test('changes nothing where it is that manager’s already', () => {
    given(customerRegistered(), customerReassigned())
      .when(reassignCustomer, { customerId, accountManagerId: 'ben', reason: 'leave' }, facts())
      .changesNothing();
  });
});

describe('Changing the segment', () => {
  test('keeps the previous one on record', () => {
    given(customerRegistered())
      .when(changeSegment, { customerId, segment: 'key' as const, reason: 'grew' }, facts())
      .records('CustomerSegmentChanged', { segment: 'key', previousSegment: 'retail', reason: 'grew' });
  });

  test('changes nothing where it is of that segment already', () => {
    given(customerRegistered(), customerSegmentChanged())
      .when(changeSegment, { customerId, segment: 'key' as const }, facts())
      .changesNothing();
  });
});

describe('Setting credit terms', () => {
  test('sets limit and term', () => {
    given(customerRegistered())
      .when(setCreditTerms, { customerId, creditLimit: eur(900), paymentTermDays: 14 }, facts())
      .records('CreditTermsSet', { creditLimit: eur(900), paymentTermDays: 14 });
  });

  test('takes the limit away if none is given', () => {
    const { data } = given(customerRegistered(), creditTermsSet({ creditLimit: eur(900) }))
      .when(setCreditTerms, { customerId, paymentTermDays: 14 }, facts())
      .records('CreditTermsSet');
    expect(data).not.toHaveProperty('creditLimit');
  });

  test('changes nothing where the terms are the same', () => {
    given(customerRegistered(), creditTermsSet({ creditLimit: eur(900) }), creditTermsSet())
      .when(setCreditTerms, { customerId, paymentTermDays: 14 }, facts())
      .changesNothing();
  });

  test('is refused in another currency', () => {
    given(customerRegistered())
      .when(setCreditTerms, { customerId, creditLimit: yen(900), paymentTermDays: 14 }, facts())
      .refuses('currency-mismatch', { given: 'JPY', expected: 'EUR' });
  });
});

describe('Blocking and unblocking', () => {
  test('blocks', () => {
    given(customerRegistered(), customerBlocked(), customerUnblocked())
      .when(blockCustomer, { customerId, reason: 'does not pay' }, facts())
      .records('CustomerBlocked', { reason: 'does not pay' });
  });

  test('changes nothing where the customer is blocked already', () => {
    given(customerRegistered(), customerBlocked())
      .when(blockCustomer, { customerId, reason: 'does not pay' }, facts())
      .changesNothing();
  });

  test('unblocks', () => {
    given(customerRegistered(), customerBlocked())
      .when(unblockCustomer, { customerId, reason: 'paid' }, facts())
      .records('CustomerUnblocked', { reason: 'paid' });
  });

  test('changes nothing where the customer is not blocked', () => {
    given(customerRegistered()).when(unblockCustomer, { customerId }, facts()).changesNothing();
  });
});
