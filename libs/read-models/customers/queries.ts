import { Type } from '@sinclair/typebox';
import { Uuid } from '#kontor/contracts';
import sql from 'sql-template-tag';
import { Cursor, given, pageOf, where, type Page, type PageAsked } from '../query/page.js';
import { found, outside, unknown, type Found, type Question, type Snapshot } from '../query/question.js';
import { money } from '../query/values.js';
import { sees, visible, type Visibility } from '../query/visibility.js';
import type { CustomerAnswer } from './answer.js';
import { customers } from './projection.js';
import type { CustomerRow } from './rows.js';

export interface CustomersAsked extends PageAsked {
  readonly visibility: Visibility;
  readonly branchId?: string | undefined;
  readonly accountManagerId?: string | undefined;
  /** A customer number, or a part of a name in any case. */
  readonly q?: string | undefined;
}

const columns = sql`customer_id AS "customerId", customer_number AS "customerNumber",
  natural_person AS "naturalPerson", name, contact, address, tax_id AS "taxId", currency, segment, territory,
  branch_id AS "branchId", account_manager_id AS "accountManagerId", credit_limit AS "creditLimit",
  payment_term_days AS "paymentTermDays", blocked, registered_on AS "registeredOn", revision`;

const toAnswer = (row: CustomerRow): CustomerAnswer => ({
  ...row,
  creditLimit: row.creditLimit === null ? null : money(row.creditLimit, row.currency),
});

const cursors = new Cursor(Type.Tuple([Type.String(), Uuid]));

/** Customers by name. */
export const customerList: Question<CustomersAsked, Page<CustomerAnswer>> = {
  reads: [customers],
  async answer(snapshot, { visibility, branchId, accountManagerId, q, limit, cursor }) {
    const [name, customerId] = cursor === undefined ? [] : cursors.decode(cursor);
    const rows = await snapshot.rows<CustomerRow>(sql`
      SELECT ${columns}
      FROM read_models.customers
      ${where(
        visible(visibility, { branchId: sql`branch_id`, accountManagerId: sql`account_manager_id` }),
        given(branchId, (id) => sql`branch_id = ${id}`),
        given(accountManagerId, (id) => sql`account_manager_id = ${id}`),
        given(q, (text) => sql`(customer_number = ${text} OR position(lower(${text}) IN lower(name)) > 0)`),
        given(name, () => sql`(name, customer_id) > (${name}, ${customerId}::uuid)`),
      )}
      ORDER BY name, customer_id
      LIMIT ${limit + 1}`);
    return pageOf(rows, limit, toAnswer, (last) => cursors.encode([last.name, last.customerId]));
  },
};

export interface CustomerAsked {
  readonly visibility: Visibility;
  readonly customerId: string;
}

/** What hangs on a customer is seen by whoever sees the customer. */
export async function customerSeen(
  snapshot: Snapshot,
  { visibility, customerId }: CustomerAsked,
): Promise<Found<CustomerAnswer>> {
  const [row] = await snapshot.rows<CustomerRow>(sql`
    SELECT ${columns} FROM read_models.customers WHERE customer_id = ${customerId}`);
  if (!row) return unknown;
  return sees(visibility, row) ? found(toAnswer(row)) : outside;
}

export const oneCustomer: Question<CustomerAsked, Found<CustomerAnswer>> = {
  reads: [customers],
  answer: customerSeen,
};
