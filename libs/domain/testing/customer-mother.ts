import type { CustomerEvent } from '#kontor/contracts';
import { fold } from '../aggregate.js';
import { customer, type Customer } from '../customer/customer.js';
import { CUSTOMER_ID } from './values.js';

type Event<Type extends CustomerEvent['type']> = Extract<CustomerEvent, { type: Type }>;

const customerFacts = {
  customerId: CUSTOMER_ID,
  branchId: 'london',
  accountManagerId: 'anna',
  territory: 'United Kingdom',
  currency: 'EUR',
};

export const customerRegistered = (
  data: Partial<Event<'CustomerRegistered'>['data']> = {},
): Event<'CustomerRegistered'> => ({
  type: 'CustomerRegistered',
  data: {
    ...customerFacts,
    naturalPerson: false,
    name: 'Weaver & Sons Ltd',
    contact: { person: 'Wendy Weaver' },
    address: { city: 'London', country: 'United Kingdom' },
    segment: 'retail',
    paymentTermDays: 30,
    ...data,
  },
});

export const customerReassigned = (
  data: Partial<Event<'CustomerReassigned'>['data']> = {},
): Event<'CustomerReassigned'> => ({
  type: 'CustomerReassigned',
  data: {
    ...customerFacts,
    accountManagerId: 'ben',
    previousBranchId: 'london',
    previousAccountManagerId: 'anna',
    reason: 'Anna is on leave',
    ...data,
  },
});

export const customerSegmentChanged = (): Event<'CustomerSegmentChanged'> => ({
  type: 'CustomerSegmentChanged',
  data: { ...customerFacts, segment: 'key', previousSegment: 'retail' },
});

export const creditTermsSet = (
  data: Partial<Event<'CreditTermsSet'>['data']> = {},
): Event<'CreditTermsSet'> => ({
  type: 'CreditTermsSet',
  data: { ...customerFacts, paymentTermDays: 14, ...data },
});

export const customerBlocked = (): Event<'CustomerBlocked'> => ({
  type: 'CustomerBlocked',
  data: { ...customerFacts, reason: 'does not pay' },
});

export const customerUnblocked = (): Event<'CustomerUnblocked'> => ({
  type: 'CustomerUnblocked',
  data: { ...customerFacts },
});

/** The customer that these events make; registered as usual if none is given. */
export function customerOf(...events: readonly CustomerEvent[]): Customer {
  const state = fold(customer, events.length > 0 ? events : [customerRegistered()]);
  if (!state) throw new Error('these events make no customer');
  return state;
}
