import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CustomerProduct, OrderAnswer, SalesHistoryAnswer, TurnoverAnswer } from '#kontor/read-models';
import { BERG, eur, TANAKA, yen } from '../../libs/read-models/testing/mothers.js';
import { CANCELLED_ORDER, EVENTFUL_ORDER } from '../../libs/read-models/testing/year.js';
import { type Items, ReadingRoom } from './reading-room.js';

let room: ReadingRoom;
beforeAll(async () => {
  room = await ReadingRoom.open();
});
afterAll(() => room.close());

const history = (parameters = '', customerId = BERG) =>
  room.read<SalesHistoryAnswer>(`/v1/customers/${customerId}/sales-history?${parameters}`);

describe("A customer's sales history", () => {
  it('counts discounts, amendments, cancellations, returns, credits and reversals, each on its own day', async () => {
    const { totals, months, currency } = await history();
    expect(currency).toBe('EUR');
    expect(totals).toEqual({
      orders: 2,
      // 200 − 50 amended + 100 − 100 cancelled + 40
      ordered: eur(190),
      discounts: eur(0),
      // returned 26, credited 10 and 5
      credited: eur(41),
      net: eur(149),
      // 50 + 100 − 100 + 10
      paid: eur(60),
      balance: eur(89),
      firstOrderOn: '2011-10-30',
      lastOrderOn: '2011-12-05',
    });
    expect(months).toEqual([
      {
        month: '2011-10',
        orders: 1,
        ordered: eur(200),
        discounts: eur(0),
        credited: eur(0),
        net: eur(200),
        paid: eur(0),
      },
      {
        month: '2011-11',
        orders: 1,
        ordered: eur(50),
        discounts: eur(0),
        credited: eur(36),
        net: eur(14),
        paid: eur(60),
      },
      {
        month: '2011-12',
        orders: 0,
        ordered: eur(-60),
        discounts: eur(0),
        credited: eur(5),
        net: eur(-65),
        paid: eur(0),
      },
    ]);
  });

  it('covers from–to, but for the balance, which is of everything up to the last day', async () => {
    const { totals, months, entries } = await history('from=2011-11-01&to=2011-11-06');
    expect(totals).toMatchObject({
      orders: 0,
      ordered: eur(-50),
      discounts: eur(20),
      net: eur(-70),
      paid: eur(150),
      balance: eur(-20),
      firstOrderOn: null,
    });
    expect(months.map(({ month }) => month)).toEqual(['2011-11']);
    expect(entries.items.map(({ kind, amount, balanceAfter }) => [kind, amount, balanceAfter])).toEqual([
      ['DiscountGranted', eur(20), eur(180)],
      ['OrderAmended', eur(-50), eur(130)],
      ['PaymentReceived', eur(50), eur(80)],
      ['PaymentReceived', eur(100), eur(-20)],
    ]);
  });

  it('runs its balance by business time, so that a late entry stands where it belongs', async () => {
    const { entries, totals } = await history();
    const late = entries.items.findIndex(({ occurredAt }) => occurredAt.startsWith('2011-11-07'));
    expect(entries.items[late]).toMatchObject({
      kind: 'PaymentReceived',
      orderNumber: 'A-1',
      amount: eur(10),
      balanceAfter: eur(-30),
    });
    expect(entries.items[late + 1]).toMatchObject({ kind: 'GoodsReturned', balanceAfter: eur(-56) });
    expect(entries.items.at(-1)?.balanceAfter).toEqual(totals.balance);
  });

  it('is the same by pages as at once', async () => {
    const { entries } = await history();
    const items: unknown[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: SalesHistoryAnswer = await history(`limit=3${cursor && `&cursor=${cursor}`}`);
      expect(page.entries.items.length).toBeLessThanOrEqual(3);
      items.push(...page.entries.items);
      cursor = page.entries.next;
    }
    expect(items).toEqual(entries.items);
    expect(items.length).toBeGreaterThan(10);
  });

  it('keeps currencies apart', async () => {
    expect((await history('', TANAKA)).totals).toMatchObject({
      ordered: yen(3000),
      paid: yen(3000),
      balance: yen(0),
    });
  });
});

describe('What a customer buys', () => {
  const products = (parameters = '') =>
    room.read<Items<CustomerProduct>>(`/v1/customers/${BERG}/products?${parameters}`);

  it('is net of discounts, amendments, returns, cancellations and credits', async () => {
    expect((await products()).items).toEqual([
      // 12 of the amended order − 3 returned + 2 − 2 cancelled − 1 credited; 120 − 26 + 100 − 100 − 10
      { sku: 'sku-1', description: 'Article 1', quantity: '8', net: eur(84), times: 2, last: '2011-11-20' },
      { sku: 'sku-4', description: 'Article 4', quantity: '1', net: eur(40), times: 1, last: '2011-12-05' },
      { sku: 'sku-3', description: 'Article 3', quantity: '3', net: eur(30), times: 1, last: '2011-11-02' },
      // amended away
      { sku: 'sku-2', description: 'Article 2', quantity: '0', net: eur(0), times: 1, last: '2011-10-30' },
    ]);
  });

  it('counts each event on its own day', async () => {
    const { items } = await products('from=2011-11-02&to=2011-11-02');
    expect(items.map(({ sku, quantity, net }) => [sku, quantity, net])).toEqual([
      ['sku-3', '3', eur(26)],
      ['sku-1', '2', eur(14)],
      ['sku-2', '-4', eur(-90)],
    ]);
  });

  it('comes in pages', async () => {
    const first = await products('limit=3');
    const second = await products(`limit=3&cursor=${first.next}`);
    expect([...first.items, ...second.items]).toEqual((await products()).items);
    expect(second.next).toBeNull();
  });
});

describe('An order', () => {
  it('stands with everything that happened to it, its revision as ETag', async () => {
    const { headers, text } = await room.get(`/v1/orders/${EVENTFUL_ORDER}`);
    const order = JSON.parse(text) as OrderAnswer;
    expect(headers.etag).toBe(`"${order.revision}"`);
    expect(order).toMatchObject({
      total: eur(150),
      returned: eur(26),
      paid: eur(60),
      balance: eur(64),
      revision: 9,
    });
    expect(order.lines).toMatchObject([
      { sku: 'sku-1', quantity: '12', issuedQuantity: '6', returnedQuantity: '3', discount: eur(0) },
      { sku: 'sku-3', quantity: '3', issuedQuantity: '0', returnedQuantity: '0', discount: eur(0) },
    ]);
    expect(order.payments.map(({ amount, reversedAt }) => [amount, reversedAt !== null])).toEqual([
      [eur(50), false],
      [eur(100), true],
      [eur(10), false],
    ]);
  });

  it('stands as it was at a past moment', async () => {
    const order = await room.read<OrderAnswer>(`/v1/orders/${EVENTFUL_ORDER}?asOf=2011-11-01`);
    expect(order).toMatchObject({ total: eur(180), balance: eur(180), revision: 1 });
    expect(order.lines).toMatchObject([{ sku: 'sku-1', discount: eur(10) }, { sku: 'sku-2' }]);
    expect((await room.get(`/v1/orders/${EVENTFUL_ORDER}?asOf=2011-10-29`)).status).toBe(404);
  });

  it('is cancelled and owes nothing', async () => {
    expect(await room.read(`/v1/orders/${CANCELLED_ORDER}`)).toMatchObject({
      status: 'cancelled',
      total: eur(0),
      lines: [{ cancelledQuantity: '2' }],
    });
  });
});

describe('Turnover', () => {
  const by = async (parameters: string) =>
    (await room.read<TurnoverAnswer>(`/v1/turnover?by=${parameters}`)).items;

  it('has an item for each key and currency', async () => {
    const sums = (await by('month')).map(({ key, currency, orders, ordered, credited, net }) => [
      key,
      currency,
      orders,
      ordered.amount,
      credited.amount,
      net.amount,
    ]);
    expect(sums).toEqual([
      ['2011-10', 'EUR', 1, 20_000, 0, 20_000],
      // Berlin's order of 70.00 fell on the 12th there.
      ['2011-11', 'EUR', 2, 12_000, 3_600, 8_400],
      ['2011-11', 'JPY', 1, 3_000, 0, 3_000],
      ['2011-12', 'EUR', 0, -6_000, 500, -6_500],
    ]);
  });

  it.each([
    ['territory', ['Germany', 'Japan', 'United Kingdom']],
    ['branch', ['berlin', 'london', 'london']],
    ['accountManager', ['anna', 'anna', 'ben', 'otto']],
    ['productGroup', ['cotton', 'linen', null, null]],
  ])('is the same in sum by %s', async (key, keys) => {
    const items = await by(key);
    expect(items.map((item) => item.key)).toEqual(keys);
    const net = items
      .filter(({ currency }) => currency === 'EUR')
      .reduce((sum, item) => sum + item.net.amount, 0);
    expect(net).toBe(21_900);
  });

  it('covers from–to, both inclusive, by business day', async () => {
    expect(await by('branch&from=2011-11-12&to=2011-11-12')).toMatchObject([
      { key: 'berlin', ordered: eur(70) },
    ]);
    expect(await by('branch&from=2011-11-13&to=2011-11-14')).toEqual([]);
  });
});
