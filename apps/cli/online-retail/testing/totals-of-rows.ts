import { Big } from 'big.js';
import { parse } from 'csv-parse/sync';
import type { ControlTotals } from '../../demo/control-totals.js';

type InvoiceRow = Readonly<Record<string, string>>;

/** Rows of a data file, as they stand there. */
export const rowsOf = (text: Buffer | string): InvoiceRow[] => parse(text, { columns: true });

const pence = (row: InvoiceRow): Big =>
  new Big(row['Quantity'] ?? 0)
    .abs()
    .times(row['UnitPrice'] ?? 0)
    .times(100)
    .round(0, Big.roundHalfUp);

const sum = (rows: readonly InvoiceRow[]): number =>
  Number(rows.reduce((total, row) => total.plus(pence(row)), new Big(0)));

const byNumber = (rows: readonly InvoiceRow[]): Map<string | undefined, InvoiceRow[]> =>
  Map.groupBy(rows, (row) => row['InvoiceNo']);

/** What has to come out of rows, by the rules in words and by another way than the importer's: sums over single rows, in decimals. */
export function totalsOfRows(rows: readonly InvoiceRow[]): ControlTotals {
  const orders = rows.filter((row) => /^\d/.test(row['InvoiceNo'] ?? '') && Number(row['Quantity']) > 0);
  const credits = rows.filter((row) => row['InvoiceNo']?.startsWith('C'));
  const badDebts = rows.filter((row) => row['InvoiceNo']?.startsWith('A'));
  const walkIn = orders.filter((row) => row['CustomerID'] === '');
  const salesOf = (matches: (row: InvoiceRow) => boolean) => ({
    orders: byNumber(orders.filter(matches)).size,
    orderedPence: sum(orders.filter(matches)),
    creditedPence: sum(credits.filter(matches)),
  });
  const salesBy = (keyOf: (row: InvoiceRow) => string) =>
    Object.fromEntries(
      [...new Set([...orders, ...credits].map(keyOf))].map((key) => [
        key,
        salesOf((row) => keyOf(row) === key),
      ]),
    );
  return {
    customers: new Set([...orders, ...credits].map((row) => row['CustomerID'] || row['Country'])).size,
    orders: byNumber(orders).size,
    orderLines: orders.length,
    orderedPence: sum(orders),
    creditNotes: byNumber(credits).size,
    creditNoteLines: credits.length,
    creditedPence: sum(credits),
    netPence: sum(orders) - sum(credits),
    walkInOrders: byNumber(walkIn).size,
    walkInOrderedPence: sum(walkIn),
    ordersOfZero: [...byNumber(orders).values()].filter((lines) => sum(lines) === 0).length,
    skippedCorrectionLines: rows.length - orders.length - credits.length - badDebts.length,
    skippedBadDebtLines: badDebts.length,
    months: salesBy((row) => row['InvoiceDate']?.slice(0, 7) ?? ''),
    territories: salesBy((row) => row['Country'] ?? ''),
  };
}
