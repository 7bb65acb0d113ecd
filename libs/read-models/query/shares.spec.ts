import { expect, it } from '@jest/globals';
import { NoTurn, Shares } from './shares.js';

const [products, orders] = [{}, {}];

/** Work that ends when the test says so, and the order in which it began. */
function desk(waitMs = 60_000) {
  const shares = new Shares(2, waitMs);
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const ask = (kind: object, name: string) =>
    shares.use(kind, async () => {
      begun.push(name);
      await new Promise<void>((resolve) => ends.push(resolve));
      return name;
    });
  return { ask, begun, endNext: () => ends.shift()?.() };
}

it('One kind has its share at once, and keeps no other from its own', async () => {
  const { ask, begun, endNext } = desk();
  const first = ask(products, 'first');
  void ask(products, 'second');
  void ask(products, 'third');
  const fourth = ask(products, 'fourth');
  void ask(orders, 'another');
  expect(begun).toEqual(['first', 'second', 'another']);
  endNext();
  await first;
  expect(begun).toEqual(['first', 'second', 'another', 'third']);
  for (let left = 0; left < 4; left++) {
    endNext();
    await new Promise(setImmediate);
  }
  expect(await fourth).toBe('fourth');
});

it('Who has waited for too long is told so, and takes nobody’s turn', async () => {
  const { ask, begun, endNext } = desk(1);
  const first = ask(products, 'first');
  const second = ask(products, 'second');
  await expect(ask(products, 'late')).rejects.toThrow(NoTurn);
  endNext();
  endNext();
  expect(await Promise.all([first, second])).toEqual(['first', 'second']);
  void ask(products, 'third');
  void ask(products, 'fourth');
  expect(begun).toEqual(['first', 'second', 'third', 'fourth']);
});

it('Work that fails gives its turn back', async () => {
  const shares = new Shares(1, 1);
  const failing = () => Promise.reject(new Error('failed'));
  await expect(shares.use(products, failing)).rejects.toThrow('failed');
  await expect(shares.use(products, failing)).rejects.toThrow('failed');
});
