import type {
  Address,
  Contact,
  CustomerEvent,
  CustomerRegistered,
  EventOf,
  Money,
  Segment,
} from '#kontor/contracts';
import type { Aggregate } from '../aggregate.js';

/** What stands on every event of a customer. */
export interface CustomerFacts {
  readonly customerId: string;
  readonly branchId: string;
  readonly accountManagerId: string;
  readonly territory: string;
  readonly currency: string;
}

/** A customer as it is after the last event. */
export interface Customer extends CustomerFacts {
  readonly customerNumber?: string;
  readonly naturalPerson: boolean;
  readonly name: string;
  readonly contact: Contact;
  readonly address: Address;
  readonly taxId?: string;
  readonly segment: Segment;
  /** None: no limit is set. */
  readonly creditLimit?: Money;
  readonly paymentTermDays: number;
  readonly blocked: boolean;
  /** As it was registered: a repeated registration is told by it. */
  readonly registered: EventOf<typeof CustomerRegistered>['data'];
}

export const customer: Aggregate<Customer, CustomerEvent> = {
  category: 'customer',
  evolve(state, event) {
    if (event.type === 'CustomerRegistered') return { ...event.data, blocked: false, registered: event.data };
    if (!state) return undefined;
    switch (event.type) {
      case 'CustomerDetailsCorrected':
        return { ...state, ...event.data };
      case 'CustomerReassigned':
        return { ...state, branchId: event.data.branchId, accountManagerId: event.data.accountManagerId };
      case 'CustomerSegmentChanged':
        return { ...state, segment: event.data.segment };
      case 'CreditTermsSet': {
        const { creditLimit: _former, ...rest } = state;
        const { creditLimit, paymentTermDays } = event.data;
        return { ...rest, paymentTermDays, ...(creditLimit && { creditLimit }) };
      }
      case 'CustomerBlocked':
        return { ...state, blocked: true };
      case 'CustomerUnblocked':
        return { ...state, blocked: false };
    }
  },
};

export const customerFacts = ({
  customerId,
  branchId,
  accountManagerId,
  territory,
  currency,
}: Customer): CustomerFacts => ({ customerId, branchId, accountManagerId, territory, currency });
