import type { CustomerEvent, LoggedEvent } from '#kontor/contracts';
import { insert, projection, set, type Change } from '../engine/projection.js';
import { businessDay } from '../occurrence.js';
import { customersTable, type CustomerRow } from './rows.js';

const change = (event: LoggedEvent<CustomerEvent>, columns: Partial<CustomerRow>): Change =>
  set(customersTable, { customerId: event.data.customerId }, { ...columns, revision: event.revision });

export const customers = projection('customers', 1, [customersTable], {
  CustomerRegistered: (event) => {
    const { customerNumber, taxId, creditLimit, ...details } = event.data;
    return insert(customersTable, {
      ...details,
      customerNumber: customerNumber ?? null,
      taxId: taxId ?? null,
      creditLimit: creditLimit?.amount ?? null,
      blocked: false,
      registeredOn: businessDay(event),
      revision: event.revision,
    });
  },
  CustomerDetailsCorrected: (event) => {
    const { customerNumber, name, contact, address, taxId } = event.data;
    return change(event, {
      ...(customerNumber !== undefined && { customerNumber }),
      ...(name !== undefined && { name }),
      ...(contact !== undefined && { contact }),
      ...(address !== undefined && { address }),
      ...(taxId !== undefined && { taxId }),
    });
  },
  CustomerReassigned: (event) =>
    change(event, { branchId: event.data.branchId, accountManagerId: event.data.accountManagerId }),
  CustomerSegmentChanged: (event) => change(event, { segment: event.data.segment }),
  CreditTermsSet: (event) =>
    change(event, {
      creditLimit: event.data.creditLimit?.amount ?? null,
      paymentTermDays: event.data.paymentTermDays,
    }),
  CustomerBlocked: (event) => change(event, { blocked: true }),
  CustomerUnblocked: (event) => change(event, { blocked: false }),
});
