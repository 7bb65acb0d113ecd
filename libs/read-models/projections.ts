import { auditActions } from './audit-actions/projection.js';
import { AuditActionRow } from './audit-actions/rows.js';
import { customerSalesHistory } from './customer-sales-history/projection.js';
import { CustomerSalesHistoryRow } from './customer-sales-history/rows.js';
import { customers } from './customers/projection.js';
import { CustomerRow } from './customers/rows.js';
import type { Projection } from './engine/projection.js';
import { orders } from './orders/projection.js';
import { OrderChangeRow, OrderRow } from './orders/rows.js';
import { planFulfilment } from './plan-fulfilment/projection.js';
import { PlanContributionRow, PlanCustomerRow, SalesPlanRow } from './plan-fulfilment/rows.js';
import { stockRequests } from './stock-requests/projection.js';
import { StockRequestRow } from './stock-requests/rows.js';
import { turnover } from './turnover/projection.js';
import { TurnoverRow } from './turnover/rows.js';

/** Every projection that runs, the one with the most rows to write first: the others are folded meanwhile. */
export const projections: readonly Projection[] = [
  orders,
  customers,
  customerSalesHistory,
  planFulfilment,
  turnover,
  stockRequests,
  auditActions,
];

/** Every table that projections fill, as TypeORM entities. */
export const projectedEntities = [
  CustomerRow,
  CustomerSalesHistoryRow,
  OrderRow,
  OrderChangeRow,
  SalesPlanRow,
  PlanContributionRow,
  PlanCustomerRow,
  TurnoverRow,
  StockRequestRow,
  AuditActionRow,
];
