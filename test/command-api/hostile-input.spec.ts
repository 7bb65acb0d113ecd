import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { logs, type TestLog } from './on-each-log.js';
import { aCustomer, anOrder, Office, type Answered } from './support.js';

const ID = '6f9619ff-8b86-4d01-b42d-00cf4fc964ff';
const ROUTES = [
  '/v1/customers',
  `/v1/customers/${ID}/details`,
  `/v1/customers/${ID}/reassignments`,
  `/v1/customers/${ID}/segment`,
  `/v1/customers/${ID}/credit-terms`,
  `/v1/customers/${ID}/block`,
  `/v1/customers/${ID}/unblock`,
  '/v1/orders',
  `/v1/orders/${ID}/discounts`,
  `/v1/orders/${ID}/discounts/${ID}/withdrawal`,
  `/v1/orders/${ID}/amendments`,
  `/v1/orders/${ID}/cancellation`,
  `/v1/orders/${ID}/payments`,
  `/v1/orders/${ID}/payments/${ID}/reversal`,
  `/v1/orders/${ID}/goods-issues`,
  `/v1/orders/${ID}/returns`,
  '/v1/credit-notes',
  '/v1/stock-requests',
  `/v1/stock-requests/${ID}/confirmation`,
  `/v1/stock-requests/${ID}/refusal`,
  `/v1/stock-requests/${ID}/dispatch`,
  `/v1/stock-requests/${ID}/receipt`,
  `/v1/stock-requests/${ID}/cancellation`,
  '/v1/sales-plans',
  `/v1/sales-plans/${ID}/revisions`,
  `/v1/sales-plans/${ID}/closing`,
];
const DEEP = 50_000;
const deepArray = `${'['.repeat(DEEP)}${']'.repeat(DEEP)}`;
const deepObject = `${'{"reason":'.repeat(DEEP)}1${'}'.repeat(DEEP)}`;

const BODIES: readonly (readonly [string, unknown, number])[] = [
  ['nothing', '', 400],
  ['no JSON', '{"reason":', 400],
  ['an array', '[]', 400],
  ['null', 'null', 400],
  ['a string', '"reason"', 400],
  ['a number', '1e999', 400],
  ['fields that nobody knows', { hack: true }, 400],
  ['a field of the path', { customerId: ID, orderId: ID, planId: ID, stockRequestId: ID }, 400],
  ['__proto__', '{"__proto__":{"role":"general-director"}}', 400],
  ['constructor', '{"constructor":{"prototype":{"role":"general-director"}}}', 400],
  ['an array without bottom', deepArray, 400],
  ['an object without bottom', deepObject, 400],
  ['a field without bottom', `{"reason":${deepArray}}`, 400],
  ['a number as large as a book', `{"reason":${'9'.repeat(100_000)}}`, 400],
  ['an amount beyond what can be counted', '{"amount":{"amount":9007199254740993,"currency":"GBP"}}', 400],
  ['an amount that is no whole number', '{"amount":{"amount":0.5,"currency":"GBP"}}', 400],
  ['wrong types all over', { reason: 1, lines: 'x', amount: [], targets: {}, name: null }, 400],
  ['invalid UTF-8', Buffer.from('7b22726561736f6e223a22ff227d', 'hex'), 400],
  ['a NUL character', '{"reason":"\\u0000"}', 400],
  ['half a surrogate pair', '{"reason":"\\ud800"}', 400],
  ['a thousand faults', { lines: Array.from({ length: 4_000 }, () => ({ x: 1 })) }, 400],
  ['a day that is none', { occurredAt: '2011-02-30T10:00:00Z' }, 400],
  ['a leap second', { occurredAt: '2011-12-31T23:59:60Z' }, 400],
  ['tomorrow', { occurredAt: new Date(Date.now() + 86_400_000).toISOString() }, 400],
  ['10 MB', `{"reason":"${'x'.repeat(10_000_000)}"}`, 413],
];

describe.each(logs)('Hostile input, on %s', (_, openLog) => {
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

  /** Asks, and sees to it that it leaves no trace. */
  const refused = async (asking: () => Promise<Answered>) => {
    const before = (await office.log.head()).position;
    const answer = await asking();
    expect((await office.log.head()).position).toBe(before);
    expect(answer.headers).toMatchObject({
      'content-type': expect.stringMatching(/^application\/problem\+json/),
    });
    return answer;
  };

  it.each(BODIES)(
    'of %s gets a clear answer on every route, and leaves nothing behind',
    async (_name, body, status) => {
      for (const route of ROUTES) {
        const answer = await refused(() => office.post(route, body, { as: 'gina' }));
        expect([route, answer.status]).toEqual([route, status]);
        expect(answer.body).toMatchObject({
          status,
          code: status === 413 ? 'payload-too-large' : 'malformed',
        });
        if (status === 400) expect(answer.body).toHaveProperty('errors.0.message');
      }
    },
  );

  it.each([
    ['no key', { 'idempotency-key': '' }, 400, 'Idempotency-Key'],
    ['a key of 201 characters', { 'idempotency-key': 'k'.repeat(201) }, 400, 'Idempotency-Key'],
    ['an If-Match that is no revision', { 'if-match': '*' }, 400, 'If-Match'],
    ['a weak If-Match', { 'if-match': 'W/"0"' }, 400, 'If-Match'],
    ['an If-Match beyond counting', { 'if-match': `"${'9'.repeat(40)}"` }, 400, 'If-Match'],
    ['somebody with too long a name to act for', { 'x-on-behalf-of': 'x'.repeat(65) }, 400, 'X-On-Behalf-Of'],
  ])('of a call with %s is malformed on every route', async (_name, headers, status, path) => {
    for (const route of ROUTES) {
      const answer = await refused(() => office.post(route, {}, { as: 'gina', headers }));
      expect([route, answer.status]).toEqual([route, status]);
      expect(answer.body['errors']).toContainEqual({ path, message: expect.any(String) });
    }
  });

  it('of another media type is not taken', async () => {
    for (const route of ROUTES)
      for (const type of [
        'text/plain',
        'application/xml',
        'application/x-www-form-urlencoded',
        'application/x-ndjson',
      ]) {
        const answer = await refused(() => office.post(route, '{}', { headers: { 'content-type': type } }));
        expect([route, type, answer.status]).toEqual([route, type, 415]);
      }
  });

  it.each(['not-an-id', '..%2f..%2fetc', ID.toUpperCase(), `urn:uuid:${ID}`, '%00', 'x'.repeat(200)])(
    'of an id such as %s is malformed',
    async (id) => {
      for (const route of ROUTES.filter((path) => path.includes(ID))) {
        const answer = await refused(() => office.post(route.replaceAll(ID, id), { reason: 'x' }));
        expect([route, answer.status]).toEqual([route, 400]);
      }
    },
  );

  it('is malformed before anybody asks for the token', async () => {
    for (const route of ROUTES)
      for (const [token, body, status] of [
        ['', { hack: 1 }, 400],
        ['Bearer nonsense', { hack: 1 }, 400],
      ] as const) {
        const answer = await refused(() => office.post(route, body, { headers: { authorization: token } }));
        expect([route, answer.status]).toEqual([route, status]);
      }
    const unknown = await refused(() =>
      office.post('/v1/customers', aCustomer(), { headers: { authorization: 'x' } }),
    );
    expect(unknown.status).toBe(401);
    expect(unknown.headers).toMatchObject({ 'www-authenticate': 'Bearer' });
  });

  it('of ids that nobody knows is 404, though the role may do nothing anyway', async () => {
    for (const as of ['gina', 'audrey', 'rita']) {
      const answer = await refused(() =>
        office.post(`/v1/orders/${ID}/cancellation`, { reason: 'x' }, { as }),
      );
      expect(answer).toMatchObject({ status: 404, body: { code: 'not-found' } });
    }
    expect(await refused(() => office.post('/v1/orders', anOrder(ID)))).toMatchObject({ status: 404 });
    expect(
      await refused(() =>
        office.post('/v1/stock-requests', {
          branchId: 'london',
          supplier: 'production',
          orderId: ID,
          lines: [{ sku: 'x', quantity: '1' }],
          neededBy: '2011-12-01',
          reason: 'order',
        }),
      ),
    ).toMatchObject({ status: 404 });
  });

  it('of a part that nobody knows is 404', async () => {
    const orderId = await office.order();
    for (const [path, as] of [
      [`discounts/${ID}/withdrawal`, 'anna'],
      [`payments/${ID}/reversal`, 'alex'],
    ] as const) {
      const answer = await refused(() =>
        office.post(`/v1/orders/${orderId}/${path}`, { reason: 'x' }, { as }),
      );
      expect([path, answer.status]).toEqual([path, 404]);
    }
  });

  it('in strings is kept as it came: quotes, line breaks, scripts and SQL', async () => {
    const name = `Robert'); DROP TABLE events;--\n<script>"\\ \u{1F9F5}`;
    const { status, body } = await office.post('/v1/customers', aCustomer({ name }), { key: randomUUID() });
    expect(status).toBe(201);
    const [event] = await office.log.loadStream(`customer-${String(body['customerId'])}`);
    expect(JSON.parse(event?.data ?? '')).toMatchObject({ name });
  });
});
