import { tableOf } from '../output/table.js';
import type { ControlTotals } from './control-totals.js';

export interface ComparedTotal {
  readonly name: string;
  readonly expected: string;
  readonly found: string;
}

const pounds = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'GBP' });
const whole = new Intl.NumberFormat('en-GB');
const figure = (value: number, isPence: boolean): string =>
  isPence ? pounds.format(value / 100) : whole.format(value);

/** Every control total beside what was found. */
export function compareTotals(expected: ControlTotals, found: ControlTotals): ComparedTotal[] {
  const row = (name: string, one: number, other: number, isPence = false): ComparedTotal => ({
    name,
    expected: figure(one, isPence),
    found: figure(other, isPence),
  });
  const group = (kind: 'months' | 'territories'): ComparedTotal[] =>
    Object.entries(expected[kind]).flatMap(([key, totals]) => {
      const other = found[kind][key] ?? { orders: 0, orderedPence: 0, creditedPence: 0 };
      return [
        row(`${key}: orders`, totals.orders, other.orders),
        row(`${key}: ordered`, totals.orderedPence, other.orderedPence, true),
        row(`${key}: credited`, totals.creditedPence, other.creditedPence, true),
      ];
    });
  return [
    row('customers', expected.customers, found.customers),
    row('orders', expected.orders, found.orders),
    row('order lines', expected.orderLines, found.orderLines),
    row('ordered', expected.orderedPence, found.orderedPence, true),
    row('credit notes', expected.creditNotes, found.creditNotes),
    row('credit note lines', expected.creditNoteLines, found.creditNoteLines),
    row('credited', expected.creditedPence, found.creditedPence, true),
    row('net', expected.netPence, found.netPence, true),
    row('walk-in orders', expected.walkInOrders, found.walkInOrders),
    row('walk-in ordered', expected.walkInOrderedPence, found.walkInOrderedPence, true),
    row('orders that total 0', expected.ordersOfZero, found.ordersOfZero),
    row('not imported: correction lines', expected.skippedCorrectionLines, found.skippedCorrectionLines),
    row('not imported: bad-debt lines', expected.skippedBadDebtLines, found.skippedBadDebtLines),
    ...group('months'),
    ...group('territories'),
  ];
}

export const agrees = ({ expected, found }: ComparedTotal): boolean => expected === found;

export function totalsTable(totals: readonly ComparedTotal[]): string {
  const table = tableOf(['control total', 'expected', 'read models', ''], ['left', 'right', 'right', 'left']);
  for (const total of totals)
    table.push([total.name, total.expected, total.found, agrees(total) ? '✓' : '✗']);
  return table.toString();
}

export interface PlanItem {
  readonly scope: { readonly kind: string; readonly id: string };
  readonly target: { readonly amount: number };
  readonly achieved: { readonly amount: number };
  /** Basis points. */
  readonly fulfilment: number | null;
}

export function planTable(items: readonly PlanItem[]): string {
  const table = tableOf(
    ['account manager', 'plan', 'achieved', 'fulfilment'],
    ['left', 'right', 'right', 'right'],
  );
  const ofManagers = items.filter(({ scope }) => scope.kind === 'account-manager');
  for (const { scope, target, achieved, fulfilment } of ofManagers.toSorted((one, other) =>
    one.scope.id.localeCompare(other.scope.id),
  ))
    table.push([
      scope.id,
      figure(target.amount, true),
      figure(achieved.amount, true),
      fulfilment === null ? '' : `${(fulfilment / 100).toFixed(2)} %`,
    ]);
  return table.toString();
}
