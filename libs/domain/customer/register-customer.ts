import {
  CustomerRegistered,
  type Address,
  type Contact,
  type CustomerEvent,
  type Money,
  type Segment,
} from '#kontor/contracts';
import { record, refuse, repeats, type Circumstances, type Decision } from '../decision.js';
import type { Customer } from './customer.js';
import { isCurrency } from '../money.js';
import { sameContent } from '../same-content.js';
import { refuseCreditLimit } from './credit-limit.js';

export interface RegisterCustomer {
  readonly customerId: string;
  readonly customerNumber?: string;
  readonly naturalPerson: boolean;
  readonly name: string;
  readonly contact?: Contact;
  readonly address: Address;
  readonly taxId?: string;
  readonly currency: string;
  readonly segment: Segment;
  readonly territory: string;
  readonly branchId: string;
  readonly accountManagerId: string;
  readonly creditLimit?: Money;
  /** 30 if left out. */
  readonly paymentTermDays?: number;
}

const DEFAULT_PAYMENT_TERM_DAYS = 30;

/** Takes on a customer and assigns it to an account manager. */
export function registerCustomer(
  customer: Customer | undefined,
  command: RegisterCustomer,
  _facts: Circumstances,
): Decision<CustomerEvent> {
  const { customerId, customerNumber, taxId, currency, creditLimit } = command;
  const content = {
    customerId,
    ...(customerNumber !== undefined && { customerNumber }),
    naturalPerson: command.naturalPerson,
    name: command.name,
    contact: command.contact ?? {},
    address: command.address,
    ...(taxId !== undefined && { taxId }),
    currency,
    segment: command.segment,
    territory: command.territory,
    branchId: command.branchId,
    accountManagerId: command.accountManagerId,
    ...(creditLimit && { creditLimit }),
    paymentTermDays: command.paymentTermDays ?? DEFAULT_PAYMENT_TERM_DAYS,
  };
  if (customer)
    return sameContent(content, customer.registered)
      ? repeats(0)
      : refuse('customer.id-reused', { customerId });
  if (!isCurrency(currency)) return refuse('currency-unknown', { currency });
  return refuseCreditLimit(creditLimit, currency) ?? record(CustomerRegistered, content);
}
