import { expect, it } from '@jest/globals';
import { NoTurn, Turns } from './turns.js';

/** Work that ends when the test says so, and the order in which it began. */
function desk(waitMs = 60_000) {
  const turns = new Turns(2, waitMs);
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const ask = (name: string) =>
    turns.use(async () => {
      begun.push(name);
      await new Promise<void>((resolve) => ends.push(resolve));
      return name;
    });
  return { ask, begun, endNext: () => ends.shift()?.() };
}

it('So many begin at once, the others in their order as those end', async () => {
  const { ask, begun, endNext } = desk();
  const all = ['first', 'second', 'third', 'fourth'].map(ask);
  expect(begun).toEqual(['first', 'second']);
  endNext();
  await all[0];
  expect(begun).toEqual(['first', 'second', 'third']);
  for (let left = 0; left < 3; left++) {
    endNext();
    await new Promise(setImmediate);
  }
  expect(await Promise.all(all)).toEqual(['first', 'second', 'third', 'fourth']);
});

it('Who has waited for too long is told so, and takes nobody’s turn', async () => {
  const { ask, begun, endNext } = desk(1);
  const first = ask('first');
  const second = ask('second');
  await expect(ask('late')).rejects.toThrow(NoTurn);
  endNext();
  endNext();
  expect(await Promise.all([first, second])).toEqual(['first', 'second']);
  void ask('third');
  void ask('fourth');
  expect(begun).toEqual(['first', 'second', 'third', 'fourth']);
});

it('Work that fails gives its turn back', async () => {
  const turns = new Turns(1, 1);
  const failing = () => Promise.reject(new Error('failed'));
  await expect(turns.use(failing)).rejects.toThrow('failed');
  await expect(turns.use(failing)).rejects.toThrow('failed');
});
