import { createHash } from 'node:crypto';
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

const statements: readonly string[] = [...views.flatMap(createView), grants];
const edition = createHash('sha256').update(statements.join(';')).digest('hex').slice(0, 12);
const comment = `Views for reporting tools: documented, stable, read-only (edition ${edition})`;

/**
 * Statements that make the schema `reporting` what it is, to be run in one transaction by the owner of the read models: after the
 * migrations, and wherever a rebuild has put other tables in place of those that the views read.
 */
export const reportingViews: readonly string[] = [
  ...statements,
  `COMMENT ON SCHEMA reporting IS '${comment}'`,
];

/** Whether the views are those: of this edition, and none has been taken away since. Whoever owns the schema may have others beside them. */
export const areReportingViewsThere = `
  SELECT obj_description('reporting'::regnamespace, 'pg_namespace') IS NOT DISTINCT FROM '${comment}'
    AND NOT EXISTS (
      SELECT FROM unnest('{${views.map(({ name }) => name).join()}}'::text[]) AS view WHERE to_regclass('reporting.' || view) IS NULL
    ) AS present`;
