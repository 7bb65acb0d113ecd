import { customers } from './customers.js';
import { auditActions, stockRequests } from './desk.js';
import { orderLines, orders } from './orders.js';
import { planFulfilment } from './plan-fulfilment.js';
import { customerMonths, customerSalesHistory, turnover } from './sales-history.js';
import { createView, type ReportingView } from './view.js';

const views: readonly ReportingView[] = [
  customers,
  customerSalesHistory,
  customerMonths,
  orders,
  orderLines,
  planFulfilment,
  turnover,
  stockRequests,
  auditActions,
];

/** Where these roles don't exist, the database has one owner and needs no grants. */
const grants = `
  DO $$
  DECLARE reader text;
  BEGIN
    FOR reader IN SELECT rolname FROM pg_roles WHERE rolname IN ('kontor_reporting', 'kontor_query') LOOP
      EXECUTE format('GRANT USAGE ON SCHEMA reporting TO %I', reader);
      EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA reporting TO %I', reader);
    END LOOP;
  END $$`;

/**
 * Statements that make the schema `reporting` what it is, to be run in one transaction by the owner of the read models: by the
 * migrations, and wherever a rebuild has put other tables in place of those that the views read.
 */
export const reportingViews: readonly string[] = [
  ...views.flatMap(createView),
  `COMMENT ON SCHEMA reporting IS 'Views for reporting tools: documented, stable, read-only'`,
  grants,
];
