import type { ReportingView } from './view.js';

export const customers: ReportingView = {
  name: 'customers',
  comment: 'Customers as known now, one row each',
  columns: {
    customer_id: 'Id of the customer',
    customer_number: 'Number that people use; not unique by rule',
    name: 'Name; identifies a person where natural_person is true',
    natural_person: 'Whether the customer is a natural person',
    segment: 'retail, corporate or key',
    territory: 'Territory set at registration',
    branch_id: 'Branch that serves the customer now',
    account_manager_id: 'Account manager whom the customer is assigned to now',
    currency: 'ISO 4217 code of the one currency that the customer buys in',
    credit_limit: 'Credit limit in minor units; null: none is set',
    payment_term_days: 'Days from order to due date',
    blocked: 'Whether new orders are refused',
    registered_on: 'Business day of registration',
    country: 'Country of the address',
  },
  query: `
    SELECT customer_id, customer_number, name, natural_person, segment, territory, branch_id, account_manager_id,
      currency, credit_limit, payment_term_days, blocked, registered_on, address ->> 'country'
    FROM read_models.customers`,
};
