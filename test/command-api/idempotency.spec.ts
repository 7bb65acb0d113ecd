import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeEvent } from '#kontor/contracts';
import { logs, type TestLog } from './on-each-log.js';
import { aCustomer, anOrder, gbp, Office } from './support.js';

describe.each(logs)('A command sent again with its key, on %s', (_, openLog) => {
  let testLog: TestLog;
  let office: Office;
  beforeAll(async () => {
    testLog = await openLog();
    office = await Office.open(testLog.log);
  });
  afterAll(async () => {
    await office.close();
    await testLog.discard();
  });

  /** What the log grew by while something was done. */
  const grownBy = async (doing: () => Promise<unknown>): Promise<number> => {
    const before = (await office.recorded()).length;
    await doing();
    return (await office.recorded()).length - before;
  };

  it('is answered as at first, and leaves nothing more behind', async () => {
    const first = await office.post('/v1/customers', aCustomer(), { key: 'again' });
    expect(first.status).toBe(201);
    expect(first.headers['location']).toBe(
      `http://query.test/v1/customers/${String(first.body['customerId'])}`,
    );
    expect(first.headers['etag']).toBe('"0"');
    expect(first.headers['idempotency-replayed']).toBeUndefined();
    const grown = await grownBy(async () => {
      const again = await office.post('/v1/customers', aCustomer(), { key: 'again' });
      expect(again).toMatchObject({ status: 201, body: first.body });
      expect(again.headers).toMatchObject({
        'idempotency-replayed': 'true',
        etag: first.headers['etag'],
        location: first.headers['location'],
      });
    });
    expect(grown).toBe(0);
  });

  it('is the same command in whatever order its fields come', async () => {
    const fields = Object.entries(aCustomer());
    const first = await office.post('/v1/customers', Object.fromEntries(fields), { key: 'order of fields' });
    const again = await office.post('/v1/customers', Object.fromEntries(fields.toReversed()), {
      key: 'order of fields',
    });
    expect(again).toMatchObject({ status: 201, body: first.body });
  });

  it.each([
    ['another body', '/v1/customers', aCustomer({ name: 'Hill' }), {}],
    ['a default spelled out', '/v1/customers', aCustomer({ paymentTermDays: 30 }), {}],
    ['If-Match', '/v1/customers', aCustomer(), { 'if-match': '"0"' }],
    ['somebody to act for', '/v1/customers', aCustomer(), { 'x-on-behalf-of': 'ben' }],
    ['another route and stream', '/v1/sales-plans', aPlan(), {}],
  ])('is refused with %s: the key was used', async (what, path, body, headers) => {
    const key = `reused with ${what}`;
    await office.post('/v1/customers', aCustomer(), { key, as: 'diana' });
    const grown = await grownBy(async () => {
      const other = await office.post(path, body, { key, headers, as: 'diana' });
      expect(other).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
    });
    expect(grown).toBe(0);
  });

  it('is told from another aggregate of the same route by the path', async () => {
    const [one, other] = [await office.customer(), await office.customer()];
    await office.post(`/v1/customers/${one}/block`, { reason: 'x' }, { key: 'path', as: 'diana' });
    const again = await office.post(
      `/v1/customers/${other}/block`,
      { reason: 'x' },
      { key: 'path', as: 'diana' },
    );
    expect(again.body['code']).toBe('idempotency-key-reused');
  });

  it('belongs to whoever sent it: another may use the same key', async () => {
    const annas = await office.post('/v1/customers', aCustomer(), { key: 'shared' });
    const bens = await office.post('/v1/customers', aCustomer({ accountManagerId: 'ben' }), {
      key: 'shared',
      as: 'ben',
    });
    expect(bens.status).toBe(201);
    expect(bens.body['customerId']).not.toBe(annas.body['customerId']);
  });

  it('names the same server-made ids, of aggregates, parts and lines', async () => {
    const order = anOrder(await office.customer());
    const first = await office.post('/v1/orders', order, { key: 'made ids' });
    const orderId = String(first.body['orderId']);
    const payment = { amount: gbp(5), method: 'cash' };
    const paid = await office.post(`/v1/orders/${orderId}/payments`, payment, { key: 'made part' });
    const again = await office.post(`/v1/orders/${orderId}/payments`, payment, { key: 'made part' });
    expect(again.body).toEqual(paid.body);
    expect(again.body['paymentId']).toMatch(/^[0-9a-f-]{36}$/);
    expect((await office.post('/v1/orders', order, { key: 'made ids' })).body).toEqual(first.body);
  });

  it('finds the first outcome though the answer was lost, and though the process is another', async () => {
    const first = await office.post('/v1/customers', aCustomer(), { key: 'lost' });
    const successor = await Office.open(office.log, { successorOf: office });
    const again = await successor.post('/v1/customers', aCustomer(), { key: 'lost' });
    await successor.app.close();
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(again.headers['idempotency-replayed']).toBe('true');
  });

  it('is refused again as at first, though it would now pass', async () => {
    const customerId = await office.customer();
    await office.post(`/v1/customers/${customerId}/block`, { reason: 'overdue' }, { as: 'diana' });
    const refused = await office.post('/v1/orders', anOrder(customerId), { key: 'refused' });
    expect(refused).toMatchObject({ status: 409, body: { code: 'customer.blocked' } });
    await office.post(`/v1/customers/${customerId}/unblock`, {}, { as: 'diana' });
    const grown = await grownBy(async () => {
      const again = await office.post('/v1/orders', anOrder(customerId), { key: 'refused' });
      expect(again).toMatchObject({ status: 409, body: refused.body });
      expect(again.headers['idempotency-replayed']).toBe('true');
    });
    expect(grown).toBe(0);
    expect((await office.post('/v1/orders', anOrder(customerId))).status).toBe(201);
  });

  it('is refused again for lack of authority, though the customer is assigned to them by now', async () => {
    const customerId = await office.customer();
    const refused = await office.post('/v1/orders', anOrder(customerId), { key: 'not yet', as: 'ben' });
    expect(refused).toMatchObject({ status: 403, body: { code: 'authority.customer' } });
    await office.post(
      `/v1/customers/${customerId}/reassignments`,
      { accountManagerId: 'ben', reason: 'leave' },
      { as: 'diana' },
    );
    const again = await office.post('/v1/orders', anOrder(customerId), { key: 'not yet', as: 'ben' });
    expect(again).toMatchObject({ status: 403, body: refused.body });
  });

  it('keeps its key free after what was not recorded', async () => {
    const key = 'free';
    const customerId = await office.customer();
    const nobody = '00000000-0000-4000-8000-000000000000';
    expect((await office.post('/v1/orders', {}, { key })).status).toBe(400);
    expect((await office.post('/v1/orders', anOrder(nobody), { key })).status).toBe(404);
    expect(
      (
        await office.post(
          `/v1/customers/${customerId}/details`,
          { name: 'X' },
          { key, headers: { 'if-match': '"7"' } },
        )
      ).status,
    ).toBe(412);
    expect((await office.post('/v1/orders', anOrder(customerId), { key })).status).toBe(201);
  });

  it('leaves nothing behind where there is nothing to do, and answers with the present revision', async () => {
    const customerId = await office.customer();
    const block = (key: string) =>
      office.post(`/v1/customers/${customerId}/block`, { reason: 'x' }, { key, as: 'diana' });
    const first = await block('block once');
    const grown = await grownBy(async () => {
      expect(await block('block twice')).toMatchObject({ status: 200, body: first.body });
    });
    expect(grown).toBe(0);
  });

  it('takes effect once where two of it arrive at once', async () => {
    const customerId = await office.customer();
    const orderId = await office.order(customerId);
    const grown = await grownBy(async () => {
      const answers = await Promise.all(
        Array.from({ length: 8 }, () =>
          office.post(
            `/v1/orders/${orderId}/payments`,
            { amount: gbp(100), method: 'cash' },
            { key: 'at once' },
          ),
        ),
      );
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
      expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    });
    expect(grown).toBe(1);
  });

  it('has one outcome where two different commands arrive at once with one key', async () => {
    const grown = await grownBy(async () => {
      const answers = await Promise.all([
        office.post('/v1/customers', aCustomer(), { key: 'two', as: 'diana' }),
        office.post('/v1/customers', aCustomer({ name: 'Another' }), { key: 'two', as: 'diana' }),
        office.post('/v1/sales-plans', aPlan(), { key: 'two', as: 'diana' }),
      ]);
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 422, 422]);
    });
    expect(grown).toBe(1);
  });

  it('is answered from the event alone, whose metadata say who did it, when and as what', async () => {
    const { body } = await office.post('/v1/customers', aCustomer({ occurredAt: '2011-07-01T23:30:00Z' }), {
      key: 'metadata',
      as: 'shop',
      headers: { 'x-on-behalf-of': 'anna' },
    });
    const [event] = (await office.log.loadStream(`customer-${String(body['customerId'])}`)).map(decodeEvent);
    expect(event?.metadata).toMatchObject({
      actor: { actorId: 'shop', role: 'sales-system', branchId: 'london' },
      onBehalfOf: 'anna',
      authority: { kind: 'on-behalf-of', reference: 'anna' },
      occurredAt: '2011-07-02T00:30:00.000+01:00',
      schema: 1,
    });
  });
});

function aPlan() {
  return {
    scope: { kind: 'branch', id: 'london' },
    period: '2011',
    measure: 'ordered',
    currency: 'GBP',
    targets: [{ target: gbp(1) }],
  };
}
