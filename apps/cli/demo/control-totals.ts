import { readFile } from 'node:fs/promises';
import pg from 'pg';
import type { ImportPlan } from '../online-retail/plan-import.js';
import type { Connections } from '../stack/connections.js';
import type { QueryApi } from './query-api.js';

/** What has to come out of an import, from the file beside the data; amounts in pence, credits positive. */
export interface ControlTotals {
  readonly customers: number;
  readonly orders: number;
  readonly orderLines: number;
  readonly orderedPence: number;
  readonly creditNotes: number;
  readonly creditNoteLines: number;
  readonly creditedPence: number;
  readonly netPence: number;
  readonly walkInOrders: number;
  readonly walkInOrderedPence: number;
  readonly ordersOfZero: number;
  readonly skippedCorrectionLines: number;
  readonly skippedBadDebtLines: number;
  readonly months: Readonly<Record<string, SalesTotals>>;
  readonly territories: Readonly<Record<string, SalesTotals>>;
}

interface SalesTotals {
  readonly orders: number;
  readonly orderedPence: number;
  readonly creditedPence: number;
}

/** `online-retail.totals.json` for `online-retail.csv.gz`. */
export const readControlTotals = async (dataFile: string): Promise<ControlTotals> =>
  JSON.parse(await readFile(dataFile.replace(/\.csv(\.gz)?$/, '.totals.json'), 'utf8')) as ControlTotals;

interface Money {
  readonly amount: number;
}
interface TurnoverItem {
  readonly key: string;
  readonly orders: number;
  readonly ordered: Money;
  readonly credited: Money;
  readonly net: Money;
}
interface CustomerItem {
  readonly customerId: string;
  readonly customerNumber?: string | null;
}

/** The same figures as the read models have them: by the query API, and by SQL where it has no such figure. */
export async function readModelTotals(
  api: QueryApi,
  connections: Connections,
  expected: ControlTotals,
  skipped: ImportPlan['skipped'],
): Promise<ControlTotals> {
  const { items: months } = await api.get<{ items: TurnoverItem[] }>('/v1/turnover', { by: 'month' });
  const { items: territories } = await api.get<{ items: TurnoverItem[] }>('/v1/turnover', {
    by: 'territory',
  });
  const customers = await api.all<CustomerItem>('/v1/customers');
  const walkIn = await walkInTotals(api, customers);
  // Reads the orders too, which no answer before this one waits for.
  await api.get('/v1/stock-requests', { limit: '1' });
  const sum = (figure: (item: TurnoverItem) => number) =>
    months.reduce((total, item) => total + figure(item), 0);
  const only = (items: TurnoverItem[], keys: object) =>
    Object.fromEntries(
      Object.keys(keys).map((key) => [key, salesTotals(items.find((item) => item.key === key))]),
    );
  return {
    customers: customers.length,
    orders: sum(({ orders }) => orders),
    orderedPence: sum(({ ordered }) => ordered.amount),
    creditedPence: sum(({ credited }) => credited.amount),
    netPence: sum(({ net }) => net.amount),
    walkInOrders: walkIn.orders,
    walkInOrderedPence: walkIn.orderedPence,
    ...(await countBySql(connections)),
    skippedCorrectionLines: skipped.correctionLines,
    skippedBadDebtLines: skipped.badDebtLines,
    months: only(months, expected.months),
    territories: only(territories, expected.territories),
  };
}

const salesTotals = (item: TurnoverItem | undefined): SalesTotals => ({
  orders: item?.orders ?? 0,
  orderedPence: item?.ordered.amount ?? 0,
  creditedPence: item?.credited.amount ?? 0,
});

async function walkInTotals(
  api: QueryApi,
  customers: CustomerItem[],
): Promise<Omit<SalesTotals, 'creditedPence'>> {
  const total = { orders: 0, orderedPence: 0 };
  for (const { customerId } of customers.filter(({ customerNumber }) => !customerNumber)) {
    const { totals } = await api.get<{ totals: { orders: number; ordered: Money } }>(
      `/v1/customers/${customerId}/sales-history`,
    );
    total.orders += totals.orders;
    total.orderedPence += totals.ordered.amount;
  }
  return total;
}

type Counted = 'orderLines' | 'ordersOfZero' | 'creditNotes' | 'creditNoteLines';

/** Runs when the query API has answered from these projections for the whole import. */
async function countBySql(connections: Connections): Promise<Pick<ControlTotals, Counted>> {
  const client = new pg.Client({ connectionString: connections.database('kontor_query') });
  await client.connect();
  try {
    const { rows } = await client.query<Record<Counted, string>>(`
      SELECT (SELECT count(*) FROM reporting.order_lines) AS "orderLines",
        (SELECT count(*) FROM reporting.orders WHERE total = 0) AS "ordersOfZero",
        (SELECT count(*) FROM reporting.customer_sales_history WHERE kind = 'CreditNoted') AS "creditNotes",
        (SELECT coalesce(sum(jsonb_array_length(credit_lines)), 0) FROM read_models.customer_sales_history
          WHERE kind = 'CreditNoted') AS "creditNoteLines"`);
    const [row] = rows;
    return {
      orderLines: Number(row?.orderLines),
      ordersOfZero: Number(row?.ordersOfZero),
      creditNotes: Number(row?.creditNotes),
      creditNoteLines: Number(row?.creditNoteLines),
    };
  } finally {
    await client.end();
  }
}
