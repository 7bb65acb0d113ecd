import { describe, expect, it } from '@jest/globals';
import { orders } from '../orders/projection.js';
import { turnover } from '../turnover/projection.js';
import { Arrivals, type Positions } from './arrivals.js';

const soon = (ms = 5_000) => performance.now() + ms;
const both = [orders, turnover];
const at = (ordersAt: bigint, turnoverAt: bigint): Positions =>
  new Map([
    [orders.name, ordersAt],
    [turnover.name, turnoverAt],
  ]);

/** Arrivals that see the given positions one after the other when they look, and the last one from then on. */
function arrivalsSeeing(...seen: readonly Positions[]) {
  let looks = 0;
  const arrivals = new Arrivals(() => {
    const positions = seen[Math.min(looks++, seen.length - 1)];
    return positions ? Promise.resolve(positions) : Promise.reject(new Error('can not be reached'));
  });
  return { arrivals, looks: () => looks };
}

describe('Waiting for read models', () => {
  it('ends with the word that the last of them has come', async () => {
    const { arrivals, looks } = arrivalsSeeing(at(1n, 1n));
    const waiting = arrivals.at(both, 7n, soon());
    // Time for the first look.
    await new Promise(setImmediate);
    arrivals.tell(at(7n, 6n));
    arrivals.tell(new Map([[turnover.name, 8n]]));
    expect(await waiting).toBe(true);
    expect(looks()).toBe(1);
  });

  it('ends by looking where no word comes', async () => {
    const { arrivals } = arrivalsSeeing(at(1n, 1n), at(6n, 7n), at(7n, 7n));
    expect(await arrivals.at(both, 7n, soon())).toBe(true);
  });

  it('looks once for all who wait', async () => {
    const { arrivals, looks } = arrivalsSeeing(at(7n, 7n));
    expect(await Promise.all([1n, 2n, 7n].map((position) => arrivals.at(both, position, soon())))).toEqual([
      true,
      true,
      true,
    ]);
    expect(looks()).toBe(1);
  });

  it('looks no more for what is known to be there', async () => {
    const { arrivals, looks } = arrivalsSeeing(at(1n, 1n));
    arrivals.tell(at(7n, 7n));
    expect(await arrivals.at(both, 7n, soon())).toBe(true);
    expect(looks()).toBe(0);
  });

  it('takes back what was told of a position, where less is there', async () => {
    const { arrivals } = arrivalsSeeing(at(3n, 3n));
    arrivals.tell(at(7n, 7n));
    arrivals.tell(at(3n, 7n));
    expect(await arrivals.at(both, 7n, soon(40))).toBe(false);
  });

  it('ends at the deadline', async () => {
    const { arrivals } = arrivalsSeeing(at(6n, 7n));
    expect(await arrivals.at(both, 7n, soon(40))).toBe(false);
  });

  it('fails with the look that fails', async () => {
    const { arrivals } = arrivalsSeeing();
    await expect(arrivals.at(both, 7n, soon())).rejects.toThrow('can not be reached');
  });
});
