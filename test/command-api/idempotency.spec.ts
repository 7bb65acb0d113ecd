import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aCustomer, anOrder, gbp, Office } from './support.js';

let office: Office;
beforeAll(async () => {
  office = await Office.open();
});
afterAll(() => office.close());

const count = async () => (await office.recorded()).length;

describe('A command sent again with its key', () => {
  it('is answered as at first, and leaves nothing more behind', async () => {
    const first = await office.post('/v1/customers', aCustomer(), { key: 'c-1' });
    const before = await count();
    const again = await office.post('/v1/customers', aCustomer(), { key: 'c-1' });
    expect(first.status).toBe(201);
    expect(first.headers['location']).toBe(`http://query.test/v1/customers/${first.body['customerId']}`);
    expect(first.headers['etag']).toBe('"0"');
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(again.headers).toMatchObject({
      'idempotency-replayed': 'true',
      etag: first.headers['etag'],
      location: first.headers['location'],
    });
    expect(await count()).toBe(before);
  });
});
