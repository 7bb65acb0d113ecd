import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LineClient, listen } from './line-client.js';
import { gate, ScriptedLog } from './scripted-log.js';
import { aCustomer, anOrder, gbp, Office } from './support.js';

let log: ScriptedLog;
let office: Office;
let port: number;
beforeEach(async () => {
  log = new ScriptedLog();
  office = await Office.open(log, { streamLimits: { lines: 256, bytes: 8 * 1024 * 1024, patienceMs: 100 } });
  port = await listen(office);
});
afterEach(() => office.close());

const line = (command: string, body: object, more: object = {}) => ({
  command,
  idempotencyKey: randomUUID(),
  body,
  ...more,
});

describe('A stream of commands', () => {
  it('is answered while it is written, a line for a line, as single calls are', async () => {
    const client = await LineClient.connect(office, port);
    client.send(line('RegisterCustomer', aCustomer(), { idempotencyKey: 'c' }));
    const registered = await client.next();
    expect(registered).toEqual({
      status: 201,
      idempotencyKey: 'c',
      body: { customerId: expect.any(String), revision: 0, position: '1' },
    });
    const customerId = String(registered?.body['customerId']);
    client.send(line('PlaceOrder', anOrder(customerId)));
    const placed = await client.next();
    expect(placed?.status).toBe(201);
    const orderId = String(placed?.body['orderId']);
    client.send(line('ReceivePayment', { orderId, amount: gbp(1), method: 'cash' }, { ifMatch: 7 }));
    expect(await client.next()).toMatchObject({ status: 412, body: { code: 'revision-stale' } });
    client.end();
    expect(await client.next()).toBeUndefined();
  });

  it('shares keys with single calls', async () => {
    const single = await office.post('/v1/customers', aCustomer(), { key: 'schlüssel' });
    const client = await LineClient.connect(office, port);
    client.send(line('RegisterCustomer', aCustomer(), { idempotencyKey: 'schlüssel' }));
    client.send(line('RegisterCustomer', aCustomer({ name: 'X' }), { idempotencyKey: 'schlüssel' }));
    client.end();
    expect(await client.answers()).toEqual([
      { status: 201, idempotencyKey: 'schlüssel', replayed: true, body: single.body },
      expect.objectContaining({
        status: 422,
        body: expect.objectContaining({ code: 'idempotency-key-reused' }),
      }),
    ]);
  });

  it('takes effect in line order where lines name the same thing', async () => {
    const customerId = randomUUID();
    const lines = [line('RegisterCustomer', aCustomer({ customerId }))];
    for (let order = 0; order < 20; order++) {
      const orderId = randomUUID();
      lines.push(
        line('PlaceOrder', anOrder(customerId, { orderId })),
        line('GrantDiscount', { orderId, rate: 500, reason: 'x' }),
        line('ReceivePayment', { orderId, amount: gbp(9_500), method: 'cash' }),
        line('CancelOrder', { orderId, reason: 'x' }),
      );
    }
    const client = await LineClient.connect(office, port);
    client.send(...lines);
    client.end();
    const answers = await client.answers();
    expect(answers.map(({ idempotencyKey }) => idempotencyKey)).toEqual(
      lines.map(({ idempotencyKey }) => idempotencyKey),
    );
    expect(answers.map(({ status, body }) => [status, body['revision']])).toEqual([
      [201, 0],
      ...Array.from({ length: 20 }, () => [
        [201, 0],
        [200, 1],
        [200, 2],
        [200, 3],
      ]).flat(),
    ]);
  });

  it('records orders of one customer in line order, though none waits for another’s answer', async () => {
    const customerId = await office.customer();
    const held = gate();
    log.beforeAppend = (stream) => (stream.startsWith('order-') ? held.pass() : Promise.resolve());
    const orderIds = Array.from({ length: 100 }, () => randomUUID());
    const client = await LineClient.connect(office, port);
    client.send(...orderIds.map((orderId) => line('PlaceOrder', anOrder(customerId, { orderId }))));
    client.send(
      line('CorrectCustomerDetails', { customerId, name: 'X' }),
      line('PlaceOrder', anOrder(customerId)),
    );
    client.end();
    await held.holds(100);
    expect(await log.loadStream(`customer-${customerId}`)).toHaveLength(1);
    held.open();
    const answers = await client.answers();
    expect(answers.map(({ status }) => status)).toEqual([...orderIds.map(() => 201), 200, 201]);
    const streams = (await office.recorded()).slice(1).map(({ stream }) => stream);
    expect(streams.slice(0, -1)).toEqual([
      ...orderIds.map((orderId) => `order-${orderId}`),
      `customer-${customerId}`,
    ]);
  });

  it('lets lines that have nothing in common pass each other, and still answers in order', async () => {
    const held = gate();
    const [slow, quick] = [randomUUID(), randomUUID()];
    log.beforeAppend = (stream) => (stream === `customer-${slow}` ? held.pass() : Promise.resolve());
    const client = await LineClient.connect(office, port);
    client.send(line('RegisterCustomer', aCustomer({ customerId: slow })));
    client.send(line('PlaceOrder', anOrder(slow)));
    client.send(line('RegisterCustomer', aCustomer({ customerId: quick })));
    client.send(line('PlaceOrder', anOrder(quick), { idempotencyKey: 'last' }));
    client.end();
    await held.holds(1);
    // The quick one's order can be placed by its key though nothing of the stream was answered yet.
    let replay = await office.post('/v1/orders', anOrder(quick), { key: 'last' });
    while (replay.status === 404) replay = await office.post('/v1/orders', anOrder(quick), { key: 'last' });
    expect(replay.status).toBe(201);
    expect(await log.loadStream(`customer-${slow}`)).toHaveLength(0);
    held.open();
    expect((await client.answers()).map(({ status }) => status)).toEqual([201, 201, 201, 201]);
  });

  it('goes on after malformed lines, each of which gets its own answer', async () => {
    const customerId = await office.customer();
    const client = await LineClient.connect(office, port);
    const malformed = [
      '{"command":',
      '[]',
      'null',
      '"PlaceOrder"',
      line('DropTables', {}),
      line('constructor', {}),
      { command: 'PlaceOrder', body: anOrder(customerId) },
      line('PlaceOrder', anOrder(customerId), { idempotencyKey: 'k'.repeat(201) }),
      line('PlaceOrder', anOrder(customerId), { more: 1 }),
      line('PlaceOrder', anOrder(customerId, { more: 1 })),
      line('PlaceOrder', anOrder(customerId), { ifMatch: '"0"' }),
      line('PlaceOrder', anOrder(customerId, { occurredAt: new Date(Date.now() + 60_000).toISOString() })),
      line('CancelOrder', { reason: 'of what?' }),
      `{"command":"PlaceOrder","idempotencyKey":"x","body":{"__proto__":{}}}`,
      '['.repeat(1_000_000),
    ];
    client.send(...malformed, '', '   ', line('PlaceOrder', anOrder(customerId)));
    client.end();
    const answers = await client.answers();
    expect(answers.map(({ status }) => status)).toEqual([...malformed.map(() => 400), 201]);
    for (const { body } of answers.slice(0, -1)) {
      expect(body).toMatchObject({ code: 'malformed' });
      expect(body).toHaveProperty('errors.0.message');
    }
    expect(answers.at(9)?.body['errors']).toEqual([{ path: 'body.more', message: 'is not a known field' }]);
    expect(answers.at(9)?.idempotencyKey).toBe((malformed[9] as { idempotencyKey: string }).idempotencyKey);
    expect(await office.recorded()).toHaveLength(2);
  });

  it('of a sales system says in every line for whom it acts', async () => {
    const client = await LineClient.connect(office, port, 'shop');
    client.send(
      line('RegisterCustomer', aCustomer()),
      line('RegisterCustomer', aCustomer(), { onBehalfOf: 'anna' }),
    );
    client.end();
    expect(await client.answers()).toMatchObject([
      { status: 400, body: { errors: [{ path: 'onBehalfOf' }] } },
      { status: 201 },
    ]);
  });

  it('ends at a line over 1 MiB with a last line that says so', async () => {
    const client = await LineClient.connect(office, port);
    client.send(line('RegisterCustomer', aCustomer()), `{"x":"${'x'.repeat(1024 * 1024)}`);
    client.send(line('RegisterCustomer', aCustomer()));
    expect(await client.answers()).toMatchObject([
      { status: 201 },
      { status: 413, body: { code: 'payload-too-large' } },
    ]);
    expect(await office.recorded()).toHaveLength(1);
  });

  it('takes a last line without a line break, but nothing of one that was torn off', async () => {
    const client = await LineClient.connect(office, port);
    client.request.end(JSON.stringify(line('RegisterCustomer', aCustomer())));
    expect(await client.answers()).toMatchObject([{ status: 201 }]);

    const torn = await LineClient.connect(office, port);
    torn.request.write(JSON.stringify(line('RegisterCustomer', aCustomer())));
    torn.request.destroy();
    await connectionsGone();
    expect(await office.recorded()).toHaveLength(1);
  });

  it('is read no further once the client is gone', async () => {
    const held = gate();
    log.beforeAppend = () => held.pass();
    const client = await LineClient.connect(office, port);
    client.send(...Array.from({ length: 2_000 }, () => line('RegisterCustomer', aCustomer())));
    await held.holds(256);
    client.request.destroy();
    held.open();
    await connectionsGone();
    await office.post('/v1/customers', aCustomer());
    expect((await office.recorded()).length).toBeLessThan(1_500);
  });

  it('is cut off when its answers are not taken', async () => {
    const client = await LineClient.connect(office, port);
    client.response.pause();
    const closed = new Promise((resolve) => client.request.on('close', resolve));
    const malformed = `${JSON.stringify({ command: 'x'.repeat(1_000) })}\n`.repeat(1_000);
    const feed = () => {
      while (!client.request.destroyed && client.request.write(malformed));
    };
    client.request.on('drain', feed);
    feed();
    await closed;
    expect((await office.post('/v1/customers', aCustomer())).status).toBe(201);
  });

  it('ends with a line that says so when the service goes down, and lines under way are answered', async () => {
    const held = gate();
    log.beforeAppend = () => held.pass();
    const client = await LineClient.connect(office, port);
    client.send(line('RegisterCustomer', aCustomer()), line('RegisterCustomer', aCustomer()));
    await held.holds(2);
    const down = office.app.close();
    held.open();
    expect(await client.answers()).toMatchObject([
      { status: 201 },
      { status: 201 },
      { status: 503, body: { code: 'unavailable' } },
    ]);
    await down;
    expect(await office.recorded()).toHaveLength(2);
  });

  it('ends with a line that says so when its token expires', async () => {
    const expiry = Math.floor(Date.now() / 1000) + 3;
    const token = await office.tokenFor('anna', 'account-manager', 'london', expiry);
    const client = await LineClient.connect(office, port, 'anna', token);
    const taken = async (): Promise<number | undefined> => {
      client.send(line('RegisterCustomer', aCustomer()));
      return (await client.next())?.status;
    };
    let status = await taken();
    expect(status).toBe(201);
    while (status === 201) status = await taken();
    expect(status).toBe(401);
    expect(Date.now()).toBeGreaterThanOrEqual(expiry * 1000);
    expect(await client.next()).toBeUndefined();
  });

  it('needs a token and its media type', async () => {
    const ask = (headers: Record<string, string>) =>
      office.app.inject({ method: 'POST', url: '/v1/commands', payload: '{}', headers });
    const token = `Bearer ${office.token('anna')}`;
    expect((await ask({ 'content-type': 'application/x-ndjson' })).statusCode).toBe(401);
    expect((await ask({ authorization: token, 'content-type': 'application/json' })).statusCode).toBe(415);
    expect((await ask({ authorization: token, 'content-type': 'text/plain' })).statusCode).toBe(415);
  });
});

/** Resolves when the server has noticed that every client is gone. */
async function connectionsGone(): Promise<void> {
  const server = office.app.getHttpServer();
  const count = () =>
    new Promise<number>((resolve) => server.getConnections((_error, connections) => resolve(connections)));
  while ((await count()) > 0) await new Promise((resolve) => setImmediate(resolve));
}
