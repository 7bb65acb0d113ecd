import { describe, expect, test } from '@jest/globals';
import { Big } from 'big.js';
import * as fc from 'fast-check';
import { lineAmount, sum } from './money.js';
import { rateBetween, share, split } from './proportion.js';
import { quantityText, thousandths } from './quantity.js';

describe('A line amount', () => {
  test.each([
    ['6', '2.55', 'EUR', 1530],
    ['1', '0.001', 'GBP', 0],
    ['5', '0.001', 'GBP', 1],
    ['3', '33.5', 'JPY', 101],
    ['1', '1.2345', 'KWD', 1235],
    ['0.001', '0.000001', 'EUR', 0],
  ])('of %s × %s %s is %i minor units', (quantity, price, currency, amount) => {
    expect(lineAmount(quantity, price, currency)).toBe(amount);
  });

  /** As the contract has them: digits before and after the point, the latter few enough. */
  const decimal = (decimals: number) =>
    fc
      .tuple(
        fc.nat(12),
        fc.bigInt(0n, 10n ** 12n - 1n),
        fc.stringMatching(new RegExp(`^([.][0-9]{1,${decimals}})?$`)),
      )
      .map(([digits, whole, rest]) => String(whole % 10n ** BigInt(digits)) + rest);

  test('of any quantity and price is what decimal arithmetic makes it', () => {
    const places = { EUR: 2, JPY: 0, KWD: 3 };
    fc.assert(
      fc.property(
        decimal(3),
        decimal(6),
        fc.constantFrom('EUR', 'JPY', 'KWD'),
        (quantity, price, currency) => {
          const minorUnit = new Big(10).pow(places[currency]);
          const exact = new Big(quantity).times(price).times(minorUnit).round(0, Big.roundHalfUp);
          expect(lineAmount(quantity, price, currency)).toBe(exact.toNumber());
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('A share', () => {
  test('is rounded half away from zero on both sides', () => {
    expect([share(1, 1, 2), share(-1, 1, 2), share(3, 1, 2), share(-3, 1, 2), share(1, 1, 3)]).toEqual([
      1, -1, 2, -2, 0,
    ]);
  });

  test('of a whole of 0 is 0', () => {
    expect(share(5, 0, 0)).toBe(0);
  });

  test('stays exact where products go beyond doubles', () => {
    expect(share(Number.MAX_SAFE_INTEGER, 999_999, 1_000_000)).toBe(9_007_190_247_541_736);
  });
});

describe('A split', () => {
  const weights = fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 20 });

  test('sums to the amount exactly', () => {
    fc.assert(
      fc.property(weights, fc.nat(), (weights, amount) => {
        fc.pre(sum(weights) > 0);
        expect(sum(split(amount, weights))).toBe(amount);
      }),
    );
  });

  test('gives none more than its weight where there is enough for all', () => {
    fc.assert(
      fc.property(weights, fc.double({ min: 0, max: 1, noNaN: true }), (weights, part) => {
        const parts = split(Math.floor(sum(weights) * part), weights);
        parts.forEach((share, index) => {
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(weights[index] ?? 0);
        });
      }),
    );
  });
});

describe('A rate', () => {
  test.each([
    [10_000, 8722, 1278],
    [10_000, 12_500, -2500],
    [0, 0, 0],
    [0, 500, 0],
    [3, 2, 3333],
    [8, 7, 1250],
  ])('between a list total of %i and %i is %i basis points', (listTotal, total, rate) => {
    expect(rateBetween(listTotal, total)).toBe(rate);
  });
});

describe('A quantity', () => {
  test('is the same after counting in thousandths', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999_999_999 }), (count) => {
        expect(thousandths(quantityText(count))).toBe(count);
      }),
    );
  });

  test.each([
    ['2.5', 2500],
    ['0.001', 1],
    ['999999999999.999', 999_999_999_999_999],
  ])('of %s counts %i', (quantity, count) => {
    expect(thousandths(quantity)).toBe(count);
    expect(quantityText(count)).toBe(quantity);
  });
});
