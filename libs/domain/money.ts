import { Big } from 'big.js';
import currencyCodes from 'currency-codes';
import type { Money } from '#kontor/contracts';
import { refuse, type Refusal } from './decision.js';

const digitsByCurrency = new Map(currencyCodes.data.map(({ code, digits }) => [code, digits]));

export const isCurrency = (code: string): boolean => digitsByCurrency.has(code);

/** How many decimal digits the minor unit stands behind: 2 for EUR, none for JPY. */
const digitsOf = (currency: string): number => digitsByCurrency.get(currency) ?? 0;

/** What a quantity costs at a price for one, in minor units, rounded half away from zero. Not checked for size. */
export function lineAmount(quantity: string, unitPrice: string, currency: string): number {
  const digits = digitsOf(currency);
  return roundedProduct(quantity, unitPrice, digits) ?? largeAmount(quantity, unitPrice, digits);
}

/**
 * The product of two decimal texts, none negative, in units of 10^-digits: by integers as long as a double holds them exactly, as it
 * does for what a till sells. Undefined for others.
 */
function roundedProduct(a: string, b: string, digits: number): number | undefined {
  const product = Number(a.replace('.', '')) * Number(b.replace('.', ''));
  const surplus = decimalsOf(a) + decimalsOf(b) - digits;
  const unit = 10 ** Math.abs(surplus);
  if (surplus <= 0) return Number.isSafeInteger(product * unit) ? product * unit : undefined;
  if (!Number.isSafeInteger(product)) return undefined;
  const rest = product % unit;
  return (product - rest) / unit + (2 * rest >= unit ? 1 : 0);
}

const largeAmount = (quantity: string, unitPrice: string, digits: number): number =>
  new Big(quantity).times(unitPrice).times(new Big(10).pow(digits)).round(0, Big.roundHalfUp).toNumber();

const decimalsOf = (decimal: string): number => {
  const point = decimal.indexOf('.');
  return point < 0 ? 0 : decimal.length - point - 1;
};

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
