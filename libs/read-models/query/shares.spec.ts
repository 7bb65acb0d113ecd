import { expect, it } from '@jest/globals';
import { NoTurn } from '#kontor/waiting';
import { Shares } from './shares.js';

it('One kind has its share at once, and keeps no other from its own', async () => {
  const [products, orders] = [{}, {}];
  const shares = new Shares(2, 1);
  const begun: string[] = [];
  const { promise: end, resolve: endAll } = Promise.withResolvers<void>();
  const ask = (kind: object, name: string) =>
    shares.use(kind, async () => {
      begun.push(name);
      await end;
    });
  const asked = [ask(products, 'first'), ask(products, 'second')];
  const third = ask(products, 'third');
  asked.push(ask(orders, 'another'));
  expect(begun).toEqual(['first', 'second', 'another']);
  await expect(third).rejects.toThrow(NoTurn);
  endAll();
  await Promise.all(asked);
});
