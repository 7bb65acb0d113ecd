import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { gate, ScriptedLog } from './scripted-log.js';
import { aCustomer, anOrder, gbp, Office } from './support.js';

let log: ScriptedLog;
let office: Office;
beforeEach(async () => {
  log = new ScriptedLog();
  office = await Office.open(log);
});
afterEach(() => office.close());

/** Before each of the next appends to a stream somebody else changes it. */
function somebodyIsFaster(stream: string, times: number, otherwise: () => Promise<unknown>): void {
  log.beforeAppend = async (appended) => {
    if (appended !== stream || times-- <= 0) return;
    const script = log.beforeAppend;
    log.beforeAppend = () => Promise.resolve();
    await otherwise();
    log.beforeAppend = script;
  };
}

describe('Where others change the same thing at the same time', () => {
  const rename = (
    customerId: string,
    name: string,
    headers: Record<string, string> = {},
    key: string = randomUUID(),
  ) => office.post(`/v1/customers/${customerId}/details`, { name }, { headers, key });

  it('a command is decided again on what is there by then', async () => {
    const customerId = await office.customer();
    let other = 0;
    somebodyIsFaster(`customer-${customerId}`, 3, () => rename(customerId, `Other ${other++}`));
    expect(await rename(customerId, 'Hill')).toMatchObject({ status: 200, body: { revision: 4 } });
  });

  it('a command that loses four times is told so, its key is free, and nothing is recorded of it', async () => {
    const customerId = await office.customer();
    let other = 0;
    somebodyIsFaster(`customer-${customerId}`, 4, () => rename(customerId, `Other ${other++}`));
    const key = randomUUID();
    expect(await rename(customerId, 'Hill', {}, key)).toMatchObject({
      status: 409,
      body: { code: 'concurrency-conflict' },
    });
    expect(await office.recorded()).toHaveLength(5);
    expect((await rename(customerId, 'Hill', {}, key)).status).toBe(200);
  });

  it('a command with If-Match is never decided again', async () => {
    const customerId = await office.customer();
    somebodyIsFaster(`customer-${customerId}`, 1, () => rename(customerId, 'Other'));
    expect(await rename(customerId, 'Hill', { 'if-match': '"0"' })).toMatchObject({
      status: 412,
      body: { code: 'revision-stale', revision: 1 },
    });
  });

  it('an order is never returned twice over', async () => {
    const lineId = randomUUID();
    const { body } = await office.post(
      '/v1/orders',
      anOrder(await office.customer(), { lines: [{ lineId, sku: 'CLOTH', quantity: '10', unitPrice: '1' }] }),
    );
    const back = () =>
      office.post(`/v1/orders/${String(body['orderId'])}/returns`, {
        lines: [{ lineId, quantity: '6' }],
        reason: 'damaged',
      });
    const answers = await Promise.all([back(), back(), back()]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409]);
  });
});

describe('What is remembered of others', () => {
  it('is not read again for each command', async () => {
    const customerId = await office.customer();
    await office.order(customerId);
    const { loads } = log;
    await office.order(customerId);
    expect(log.loads).toBe(loads);
  });

  it.each([
    { title: 'before it was decided', changes: 'before' },
    { title: 'between the decision and the append', changes: 'meanwhile' },
  ])('is not relied on where it changed $title', async ({ changes }) => {
    const other = await Office.open(log, { successorOf: office });
    const customerId = await office.customer();
    await office.order(customerId);
    const block = () =>
      other.post(`/v1/customers/${customerId}/block`, { reason: 'overdue' }, { as: 'diana' });
    const orderId = randomUUID();
    if (changes === 'before') await block();
    else somebodyIsFaster(`order-${orderId}`, 1, block);
    expect(await office.post('/v1/orders', anOrder(customerId, { orderId }))).toMatchObject({
      status: 409,
      body: { code: 'customer.blocked' },
    });
    expect(await log.loadStream(`order-${orderId}`)).toEqual([]);
    await other.app.close();
  });

  it('does not refuse what an order would take by now', async () => {
    const other = await Office.open(log, { successorOf: office });
    const orderId = await office.order();
    const discount = (rate: number) => office.post(`/v1/orders/${orderId}/discounts`, { rate, reason: 'x' });
    const { body } = await discount(800);
    await other.post(`/v1/orders/${orderId}/discounts/${String(body['discountId'])}/withdrawal`, {
      reason: 'x',
    });
    expect(await discount(500)).toMatchObject({ status: 200 });
    await other.app.close();
  });

  it('does not keep a command refused of which the reason is gone', async () => {
    const other = await Office.open(log, { successorOf: office });
    const customerId = await office.customer();
    await office.post(`/v1/customers/${customerId}/block`, { reason: 'overdue' }, { as: 'diana' });
    expect((await office.post('/v1/orders', anOrder(customerId))).status).toBe(409);
    await other.post(`/v1/customers/${customerId}/unblock`, {}, { as: 'diana' });
    expect((await office.post('/v1/orders', anOrder(customerId))).status).toBe(201);
    await other.app.close();
  });
});

describe('Where one key arrives at the same instant', () => {
  const pay = (at: Office, orderId: string, amount: number, key: string) =>
    at.post(`/v1/orders/${orderId}/payments`, { amount: gbp(amount), method: 'cash' }, { key });

  it('in one process, it is served one at a time', async () => {
    const customerId = randomUUID();
    const held = gate();
    let appends = 0;
    log.beforeAppend = (stream) => {
      if (stream !== `customer-${customerId}`) return Promise.resolve();
      appends++;
      return held.pass();
    };
    const both = [1, 2].map(() => office.post('/v1/customers', aCustomer({ customerId }), { key: 'k' }));
    await held.holds(1);
    // By the time that a later call is through, both are at the desk.
    await office.customer();
    expect(appends).toBe(1);
    held.open();
    const [first, second] = await Promise.all(both);
    expect(second?.body).toEqual(first?.body);
  });

  it('in two processes, the same command has one effect and one answer', async () => {
    const other = await Office.open(log, { successorOf: office });
    const orderId = await office.order();
    const held = gate();
    log.beforeAppend = held.pass;
    const both = [pay(office, orderId, 5, 'k'), pay(other, orderId, 5, 'k')];
    await held.holds(2);
    held.open();
    const [one, two] = await Promise.all(both);
    expect([one?.status, two?.status]).toEqual([200, 200]);
    expect(two?.body).toEqual(one?.body);
    expect(await log.loadStream(`order-${orderId}`)).toHaveLength(2);
    await other.app.close();
  });

  it('in two processes, of two commands one is taken and the other told that the key was used', async () => {
    const other = await Office.open(log, { successorOf: office });
    const orderId = await office.order();
    const held = gate();
    log.beforeAppend = held.pass;
    const both = [pay(office, orderId, 5, 'k'), pay(other, orderId, 6, 'k')];
    await held.holds(2);
    held.open();
    expect((await Promise.all(both)).map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      200, 422,
    ]);
    await other.app.close();
  });

  it('in two processes, it is not refused in one and accepted in the other', async () => {
    const other = await Office.open(log, { successorOf: office });
    const customerId = await office.customer();
    const held = gate();
    log.beforeAppend = (stream) => (stream.startsWith('order-') ? held.pass() : Promise.resolve());
    const orderId = randomUUID();
    const accepting = office.post('/v1/orders', anOrder(customerId, { orderId }), { key: 'k' });
    await held.holds(1);
    await other.post(`/v1/customers/${customerId}/block`, { reason: 'overdue' }, { as: 'diana' });
    const refused = await other.post('/v1/orders', anOrder(customerId, { orderId }), { key: 'k' });
    held.open();
    const first = await accepting;
    expect(refused).toMatchObject({ status: 409, body: { code: 'customer.blocked' } });
    expect(first).toMatchObject({ status: 409, body: refused.body });
    expect(await log.loadStream(`order-${orderId}`)).toHaveLength(0);
    await other.app.close();
  });
});

describe('Where the log cannot be reached', () => {
  it('a command is answered 503 with Retry-After, and its key is free', async () => {
    log.reachable = false;
    const key = randomUUID();
    const answer = await office.post('/v1/customers', aCustomer(), { key });
    expect(answer).toMatchObject({
      status: 503,
      body: { code: 'unavailable' },
      headers: { 'retry-after': '1' },
    });
    expect((await office.app.inject({ url: '/health/live' })).statusCode).toBe(200);
    log.reachable = true;
    expect((await office.post('/v1/customers', aCustomer(), { key })).status).toBe(201);
  });

  it('a command whose append was done but not answered has one effect, and is found by its key', async () => {
    const customerId = await office.customer();
    const orderId = await office.order(customerId);
    log.losesAnswers = true;
    const key = randomUUID();
    const pay = () =>
      office.post(`/v1/orders/${orderId}/payments`, { amount: gbp(5), method: 'cash' }, { key });
    expect((await pay()).status).toBe(503);
    log.losesAnswers = false;
    expect(await pay()).toMatchObject({ status: 200, headers: { 'idempotency-replayed': 'true' } });
    expect(await log.loadStream(`order-${orderId}`)).toHaveLength(2);
  });
});

it('Where too much is under way, a call is turned away, and taken when there is room again', async () => {
  const held = gate();
  log.beforeAppend = () => held.pass();
  const many = Array.from({ length: 1_024 }, () => office.post('/v1/customers', aCustomer()));
  await held.holds(1_024);
  const key = randomUUID();
  expect(await office.post('/v1/customers', aCustomer(), { key })).toMatchObject({
    status: 429,
    body: { code: 'too-many-requests' },
    headers: { 'retry-after': '1' },
  });
  held.open();
  expect(new Set((await Promise.all(many)).map(({ status }) => status))).toEqual(new Set([201]));
  expect((await office.post('/v1/customers', aCustomer(), { key })).status).toBe(201);
});
