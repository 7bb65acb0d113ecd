import { Big } from 'big.js';
import currencyCodes from 'currency-codes';
import type { Money } from '#kontor/contracts';
import { refuse, type Refusal } from './decision.js';

const digitsByCurrency = new Map(currencyCodes.data.map(({ code, digits }) => [code, digits]));

/** Powers of ten by the minor units that currencies have: 2 for EUR, none for JPY. */
const scales = new Map(
  [...new Set(digitsByCurrency.values())].map((digits) => [digits, new Big(10).pow(digits)]),
);
const ONE = new Big(1);

export const isCurrency = (code: string): boolean => digitsByCurrency.has(code);

const scaleOf = (currency: string): Big => scales.get(digitsByCurrency.get(currency) ?? 0) ?? ONE;

/** What a quantity costs at a price for one, in minor units, rounded half away from zero. Not checked for size. */
export const lineAmount = (quantity: string, unitPrice: string, currency: string): number =>
  new Big(quantity).times(unitPrice).times(scaleOf(currency)).round(0, Big.roundHalfUp).toNumber();

export const sum = (amounts: Iterable<number>): number => {
  let total = 0;
  for (const amount of amounts) total += amount;
  return total;
};

/** A sum that can't be told exactly is refused, not rounded. */
export const refuseTooLarge = (...amounts: readonly number[]): Refusal | undefined =>
  amounts.every(Number.isSafeInteger)
    ? undefined
    : refuse('amount-too-large', { largest: Number.MAX_SAFE_INTEGER });

/** Sums are never taken across currencies. */
export const refuseOtherCurrency = (given: string, expected: string): Refusal | undefined =>
  given === expected ? undefined : refuse('currency-mismatch', { given, expected });

/** Makes money of a currency from minor units. */
export const inCurrency =
  (currency: string) =>
  (amount: number): Money => ({ amount, currency });
