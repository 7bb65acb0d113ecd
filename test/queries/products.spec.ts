import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { CustomerProduct } from '#kontor/read-models';
import { History } from '../../libs/read-models/testing/history.js';
import {
  BERG,
  customerRegistered,
  eur,
  line,
  orderAmended,
  orderPlaced,
  share,
} from '../../libs/read-models/testing/mothers.js';
import { type Items, ReadingRoom } from './reading-room.js';

const article = (description: string, quantity: string, euros: number) =>
  line(1, eur(euros), { quantity, description });

let room: ReadingRoom;
beforeAll(async () => {
  room = await ReadingRoom.open(
    new History()
      .add(customerRegistered(), { at: '2011-10-01' })
      .add(orderPlaced({ lines: [article('Heart', '10', 100)] }), { at: '2011-11-01' })
      .add(orderAmended({ amendedLines: [article('Heart, red', '8', 80)] }), { at: '2011-11-02' })
      .add(
        orderAmended({
          amendedLines: [article('A heart, red', '3', 30), line(2, eur(7), { quantity: '7' })],
          lines: [share(1, eur(-50)), share(2, eur(7))],
        }),
        { at: '2011-11-03' },
      ),
  );
});
afterAll(() => room.close());

const bought = async (parameters: string) => {
  const path = `/v1/customers/${BERG}/products?${parameters}`;
  const { items } = await room.read<Items<CustomerProduct>>(path);
  return items.map(({ description, quantity, net, times }) => [
    description,
    quantity,
    net.amount / 100,
    times,
  ]);
};

it('What a customer buys follows an order from one amendment to the next', async () => {
  expect(await bought('to=2011-11-01')).toEqual([['Heart', '10', 100, 1]]);
  expect(await bought('to=2011-11-02')).toEqual([['Heart, red', '8', 80, 1]]);
  expect(await bought('to=2011-11-03')).toEqual([
    ['A heart, red', '3', 30, 1],
    ['Article 2', '7', 7, 1],
  ]);
});

it('An amendment alone changes what a customer buys by what it changes', async () => {
  expect(await bought('from=2011-11-03')).toEqual([
    ['Article 2', '7', 7, 1],
    ['A heart, red', '-5', -50, 1],
  ]);
});
