import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { SalesHistoryAnswer } from '#kontor/read-models';
import { History } from '../../libs/read-models/testing/history.js';
import { uuid } from '../../libs/read-models/testing/ids.js';
import {
  BERG,
  customerRegistered,
  eur,
  orderPlaced,
  paymentReceived,
} from '../../libs/read-models/testing/mothers.js';
import { ReadingRoom } from './reading-room.js';

const paid = (number: number) => paymentReceived({ paymentId: uuid(30 + number), amount: eur(number) });

let room: ReadingRoom;
beforeAll(async () => {
  room = await ReadingRoom.open(
    new History()
      .add(customerRegistered(), { at: '2011-10-01' })
      .add(orderPlaced({ orderNumber: 'A-1' }), { at: '2011-11-30T22:00:00.000+00:00' })
      .add(paid(1), { at: '2011-11-30T23:00:00.000+00:00' })
      // December in Berlin, while it is still November in London.
      .add(paid(2), { at: '2011-12-01T00:15:00.000+01:00' })
      .add(paid(4), { at: '2011-11-30T23:30:00.000+00:00' })
      .add(paid(8), { at: '2011-12-01T12:00:00.000+00:00' }),
  );
});
afterAll(() => room.close());

const balances = async (parameters: string) => {
  const path = `/v1/customers/${BERG}/sales-history?${parameters}`;
  const { entries } = await room.read<SalesHistoryAnswer>(path);
  expect(entries.items.map(({ orderNumber }) => orderNumber)).toEqual(entries.items.map(() => 'A-1'));
  return { balances: entries.items.map(({ balanceAfter }) => balanceAfter.amount / 100), next: entries.next };
};

it('A running balance takes along what happened between two entries of a period and is not in it', async () => {
  expect((await balances('to=2011-11-30')).balances).toEqual([100, 99, 93]);
  expect((await balances('from=2011-12-01')).balances).toEqual([97, 85]);
});

it('A running balance goes on over pages', async () => {
  const first = await balances('to=2011-11-30&limit=2');
  expect(first.balances).toEqual([100, 99]);
  const second = await balances(`to=2011-11-30&limit=2&cursor=${first.next}`);
  expect(second).toEqual({ balances: [93], next: null });
});
