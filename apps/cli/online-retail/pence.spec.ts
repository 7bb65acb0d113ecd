import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Big } from 'big.js';
import { linePence } from './pence.js';

describe('the amount of a line', () => {
  it('rounds half away from zero', () => {
    expect(linePence('1', '0.005')).toBe(1);
    expect(linePence('3', '0.001')).toBe(0);
    expect(linePence('6', '2.55')).toBe(1530);
  });

  it('is what decimal arithmetic says', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.integer({ min: 0, max: 50_000_000 }),
        (pieces, thousandths) => {
          const price = new Big(thousandths).div(1_000).toFixed();
          const expected = new Big(pieces).times(price).times(100).round(0, Big.roundHalfUp);
          expect(linePence(String(pieces), price)).toBe(Number(expected));
        },
      ),
    );
  });
});
