import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BERG, TANAKA } from '../../libs/read-models/testing/mothers.js';
import {
  ANNAS_PLAN,
  BERLIN_ORDER,
  EVENTFUL_ORDER,
  LONDONS_PLAN,
  OTTO,
  STOCK_FOR_BERLIN,
  STOCK_FOR_ORDER,
  TANAKAS_ORDER,
  TERRITORY_PLAN,
} from '../../libs/read-models/testing/year.js';
import { ReadingRoom, type Person } from './reading-room.js';

let room: ReadingRoom;
beforeAll(async () => {
  room = await ReadingRoom.open();
});
afterAll(() => room.close());

const all: readonly Person[] = ['bea', 'carl', 'gina', 'audrey', 'rita'];
const london: readonly Person[] = ['dora', 'wanda', 'shop'];
const everybody: readonly Person[] = [...all, ...london, 'anna', 'ben', 'otto', 'bert', 'central'];

describe('A single thing', () => {
  // Berg is ben's since anna gave him up; both are of London. Otto's are of Berlin.
  it.each<[string, readonly Person[]]>([
    [`/v1/customers/${BERG}`, [...all, ...london, 'ben']],
    [`/v1/customers/${TANAKA}`, [...all, ...london, 'anna']],
    [`/v1/customers/${OTTO}`, [...all, 'bert', 'otto']],
    [`/v1/customers/${BERG}/sales-history`, [...all, ...london, 'ben']],
    [`/v1/customers/${BERG}/products`, [...all, ...london, 'ben']],
    [`/v1/orders/${EVENTFUL_ORDER}`, [...all, ...london, 'ben']],
    [`/v1/orders/${EVENTFUL_ORDER}?asOf=2011-11-01`, [...all, ...london, 'ben']],
    [`/v1/orders/${TANAKAS_ORDER}`, [...all, ...london, 'anna']],
    [`/v1/orders/${BERLIN_ORDER}`, [...all, 'bert', 'otto']],
    [`/v1/plan-fulfilment/${ANNAS_PLAN}/events`, [...all, ...london, 'anna']],
    [`/v1/plan-fulfilment/${LONDONS_PLAN}/events`, [...all, ...london]],
    [`/v1/plan-fulfilment/${TERRITORY_PLAN}/events`, [...all, 'bert']],
    ['/v1/audit/actions', ['audrey', 'gina', 'dora', 'bert']],
    ['/v1/audit/events', ['audrey', 'gina', 'dora', 'bert']],
  ])('%s is answered to who may see it, and to others 403', async (path, readers) => {
    for (const person of everybody) {
      const { status } = await room.get(path, person);
      expect([person, status]).toEqual([person, readers.includes(person) ? 200 : 403]);
    }
  });

  it.each([
    '/v1/customers/00000000-0000-4000-8000-000000000999',
    '/v1/customers/00000000-0000-4000-8000-000000000999/sales-history',
    '/v1/customers/00000000-0000-4000-8000-000000000999/products',
    '/v1/orders/00000000-0000-4000-8000-000000000999',
    '/v1/plan-fulfilment/00000000-0000-4000-8000-000000000999/events',
  ])('%s is unknown to everybody: 404', async (path) => {
    for (const person of ['anna', 'dora', 'audrey'] as const)
      expect(await room.get(path, person)).toMatchObject({ status: 404 });
  });

  it('is of nobody without a token', async () => {
    expect((await room.app.inject({ url: `/v1/customers/${BERG}` })).statusCode).toBe(401);
  });
});

describe('A list', () => {
  const idsOf = async (path: string, field: string, person: Person) => {
    const { items } = await room.read<{ items: Record<string, unknown>[] }>(path, person);
    return items.map((item) => item[field]);
  };

  it.each<[Person, readonly string[]]>([
    ['anna', [TANAKA]],
    ['ben', [BERG]],
    ['otto', [OTTO]],
    ['dora', [BERG, TANAKA]],
    ['wanda', [BERG, TANAKA]],
    ['shop', [BERG, TANAKA]],
    ['bert', [OTTO]],
    ['central', []],
    ['rita', [BERG, OTTO, TANAKA]],
  ])('of customers leaves out what %s may not see', async (person, customers) => {
    expect(await idsOf('/v1/customers', 'customerId', person)).toEqual(customers);
  });

  it.each<[Person, readonly string[]]>([
    // Hers because she asked, ben's because the customer is his now.
    ['anna', [STOCK_FOR_ORDER]],
    ['ben', [STOCK_FOR_ORDER]],
    ['otto', [STOCK_FOR_BERLIN]],
    ['dora', [STOCK_FOR_ORDER]],
    ['wanda', [STOCK_FOR_ORDER]],
    ['bert', [STOCK_FOR_BERLIN]],
    ['central', [STOCK_FOR_ORDER, STOCK_FOR_BERLIN]],
    ['audrey', [STOCK_FOR_ORDER, STOCK_FOR_BERLIN]],
  ])('of stock requests leaves out what %s may not see', async (person, requests) => {
    expect(await idsOf('/v1/stock-requests', 'stockRequestId', person)).toEqual(requests);
  });

  it.each<[Person, readonly string[]]>([
    ['anna', [ANNAS_PLAN, ANNAS_PLAN]],
    ['ben', []],
    ['dora', [ANNAS_PLAN, ANNAS_PLAN, LONDONS_PLAN]],
    ['bert', [TERRITORY_PLAN]],
    ['carl', [TERRITORY_PLAN, ANNAS_PLAN, ANNAS_PLAN, LONDONS_PLAN]],
  ])('of plans leaves out what %s may not see', async (person, plans) => {
    expect(await idsOf('/v1/plan-fulfilment', 'planId', person)).toEqual(plans);
  });

  it.each<[Person, readonly (readonly [string, string])[]]>([
    ['anna', [['london', 'JPY']]],
    ['ben', [['london', 'EUR']]],
    [
      'dora',
      [
        ['london', 'EUR'],
        ['london', 'JPY'],
      ],
    ],
    ['bert', [['berlin', 'EUR']]],
    ['central', []],
  ])('of sums leaves out what %s may not see', async (person, keys) => {
    const path = '/v1/turnover?by=branch';
    const { items } = await room.read<{ items: { key: string; currency: string }[] }>(path, person);
    expect(items.map(({ key, currency }) => [key, currency])).toEqual(keys);
  });

  it('of actions shows a branch director the branch’s', async () => {
    const branches = async (person: Person) =>
      new Set(await idsOf('/v1/audit/actions?limit=500', 'branchId', person));
    expect(await branches('bert')).toEqual(new Set(['berlin']));
    expect(await branches('audrey')).toEqual(new Set(['london', 'berlin']));
  });

  it.each([
    ['branchId=berlin', [OTTO]],
    ['accountManagerId=ben', [BERG]],
    ['q=1001', [BERG]],
    ['q=SÖHNE', [BERG]],
    ['q=t', [OTTO, TANAKA]],
    ['q=nobody', []],
    ['q=%25', []],
    ['branchId=london&q=tanaka', [TANAKA]],
  ])('of customers can be narrowed by %s', async (filter, customers) => {
    expect(await idsOf(`/v1/customers?${filter}`, 'customerId', 'rita')).toEqual(customers);
  });

  it('comes by pages', async () => {
    const first = await room.read<{ items: { name: string }[]; next: string }>('/v1/customers?limit=2');
    const second = await room.read<{ items: { name: string }[]; next: null }>(
      `/v1/customers?limit=2&cursor=${first.next}`,
    );
    const names = [...first.items, ...second.items].map(({ name }) => name);
    expect(names).toEqual(['Berg & Söhne', 'Otto GmbH', 'Tanaka Kōgyō']);
    expect(second.next).toBeNull();
  });

  it('of stock requests can be narrowed by branch and status', async () => {
    const ids = (filter: string) => idsOf(`/v1/stock-requests?${filter}`, 'stockRequestId', 'audrey');
    expect(await ids('status=refused')).toEqual([STOCK_FOR_BERLIN]);
    expect(await ids('branchId=london')).toEqual([STOCK_FOR_ORDER]);
    expect(await ids('branchId=london&status=refused')).toEqual([]);
  });
});
