import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeEvent } from '#kontor/contracts';
import { aCustomer, anOrder, gbp, Office } from './support.js';

let office: Office;
beforeAll(async () => {
  office = await Office.open();
});
afterAll(() => office.close());

type Sending = (as: string) => Promise<readonly [path: string, body: object]>;

const plan = {
  scope: { kind: 'branch', id: 'london' },
  period: '2011',
  measure: 'ordered',
  currency: 'GBP',
  targets: [{ target: gbp(1) }],
};
const stockRequest = {
  branchId: 'london',
  supplier: 'central-warehouse',
  lines: [{ sku: 'CLOTH', quantity: '1' }],
  neededBy: '2011-12-01',
  reason: 'replenishment',
};
const LINE = 'b9d4d5fb-7f0f-4b39-8a1c-4a1f7a2e6e57';

const made = async (path: string, body: object, as: string, id: string): Promise<string> =>
  String((await office.post(path, body, { as })).body[id]);
const anOrderOfLine = async (): Promise<string> =>
  made(
    '/v1/orders',
    {
      customerId: await office.customer(),
      lines: [{ lineId: LINE, sku: 'CLOTH', quantity: '10', unitPrice: '10.00' }],
    },
    'anna',
    'orderId',
  );
const onCustomer =
  (path: string, body: object): Sending =>
  async () => [`/v1/customers/${await office.customer()}/${path}`, body];
const onOrder =
  (path: string, body: object): Sending =>
  async () => [`/v1/orders/${await anOrderOfLine()}/${path}`, body];
const onRequest =
  (path: string, body: object, dispatched = false): Sending =>
  async () => {
    const id = await made('/v1/stock-requests', stockRequest, 'diana', 'stockRequestId');
    if (dispatched) await office.post(`/v1/stock-requests/${id}/dispatch`, {}, { as: 'wendy' });
    return [`/v1/stock-requests/${id}/${path}`, body];
  };
const onPlan =
  (path: string, body: object): Sending =>
  async () => [`/v1/sales-plans/${await made('/v1/sales-plans', plan, 'diana', 'planId')}/${path}`, body];

const managers = ['anna', 'diana', 'carl', 'gina', 'shop'];
const directors = ['diana', 'carl', 'gina'];

/** Each command, and who of the office may send it. */
const COMMANDS: readonly (readonly [string, readonly string[], Sending])[] = [
  ['RegisterCustomer', managers, async () => ['/v1/customers', aCustomer()]],
  ['CorrectCustomerDetails', managers, onCustomer('details', { name: 'Hill' })],
  ['ReassignCustomer', directors, onCustomer('reassignments', { accountManagerId: 'ben', reason: 'x' })],
  ['ChangeSegment', directors, onCustomer('segment', { segment: 'key' })],
  ['SetCreditTerms', directors, onCustomer('credit-terms', { paymentTermDays: 5 })],
  ['BlockCustomer', directors, onCustomer('block', { reason: 'x' })],
  ['UnblockCustomer', directors, onCustomer('unblock', {})],
  ['PlaceOrder', managers, async () => ['/v1/orders', anOrder(await office.customer())]],
  ['GrantDiscount', managers, onOrder('discounts', { rate: 100, reason: 'x' })],
  [
    'WithdrawDiscount',
    managers,
    async () => {
      const orderId = await office.order();
      const id = await made(
        `/v1/orders/${orderId}/discounts`,
        { rate: 100, reason: 'x' },
        'anna',
        'discountId',
      );
      return [`/v1/orders/${orderId}/discounts/${id}/withdrawal`, { reason: 'x' }];
    },
  ],
  [
    'AmendOrder',
    managers,
    onOrder('amendments', { lines: [{ sku: 'CLOTH', quantity: '2', unitPrice: '1' }], reason: 'x' }),
  ],
  ['CancelOrder', managers, onOrder('cancellation', { reason: 'x' })],
  ['ReceivePayment', [...managers, 'alex'], onOrder('payments', { amount: gbp(5), method: 'cash' })],
  [
    'ReversePayment',
    ['alex'],
    async () => {
      const orderId = await office.order();
      const body = { amount: gbp(5), method: 'cash' };
      const id = await made(`/v1/orders/${orderId}/payments`, body, 'anna', 'paymentId');
      return [`/v1/orders/${orderId}/payments/${id}/reversal`, { reason: 'x' }];
    },
  ],
  ['IssueGoods', managers, onOrder('goods-issues', { lines: [{ lineId: LINE, quantity: '1' }] })],
  ['ReturnGoods', managers, onOrder('returns', { lines: [{ lineId: LINE, quantity: '1' }], reason: 'x' })],
  [
    'IssueCreditNote',
    managers,
    async () => ['/v1/credit-notes', { customerId: await office.customer(), reason: 'x', amount: gbp(5) }],
  ],
  ['RequestStock', managers, async () => ['/v1/stock-requests', stockRequest]],
  ['ConfirmStockRequest', ['wendy'], onRequest('confirmation', {})],
  ['RefuseStockRequest', ['wendy'], onRequest('refusal', { reason: 'x' })],
  ['DispatchStock', ['wendy'], onRequest('dispatch', {})],
  ['ReceiveStock', managers, onRequest('receipt', {}, true)],
  ['CancelStockRequest', managers, onRequest('cancellation', { reason: 'x' })],
  ['SetSalesPlan', directors, async () => ['/v1/sales-plans', plan]],
  ['ReviseSalesPlan', directors, onPlan('revisions', { targets: plan.targets, reason: 'x' })],
  ['CloseSalesPlan', directors, onPlan('closing', {})],
];
const EVERYBODY = ['anna', 'ben', 'diana', 'dora', 'carl', 'gina', 'wendy', 'alex', 'audrey', 'rita', 'shop'];

const headersOf = (as: string): Record<string, string> => (as === 'shop' ? { 'x-on-behalf-of': 'anna' } : {});

describe('Who may do what', () => {
  it.each(COMMANDS)(
    '%s is for %j and nobody else; each refusal is recorded with its reason',
    async (name, allowed, sending) => {
      for (const as of EVERYBODY) {
        // Ben has the powers of Anna, for his own customers: none of these is his.
        const mayAct =
          allowed.includes(as) ||
          (as === 'ben' && name === 'RequestStock') ||
          (as === 'ben' && isOfBranch(name));
        const [path, body] = await sending(as);
        const answer = await office.post(path, body, { as, headers: headersOf(as) });
        expect([as, answer.status, answer.body['code']]).toEqual(
          mayAct ? [as, expect.any(Number), undefined] : [as, 403, expect.stringMatching(/^authority\./)],
        );
        const last = (await office.recorded()).map(decodeEvent).at(-1);
        if (mayAct) expect(last?.type).not.toBe('CommandRefused');
        else
          expect(last).toMatchObject({
            type: 'CommandRefused',
            data: { command: name, code: answer.body['code'] },
            metadata: { actor: { actorId: as } },
          });
      }
    },
  );

  it('a manager serves own customers: whose a customer is counts now, not when the order was placed', async () => {
    const customerId = await office.customer();
    const orderId = await office.order(customerId);
    const pay = (as: string) =>
      office.post(`/v1/orders/${orderId}/payments`, { amount: gbp(1), method: 'cash' }, { as });
    expect((await pay('ben')).body['code']).toBe('authority.customer');
    await office.post(
      `/v1/customers/${customerId}/reassignments`,
      { accountManagerId: 'ben', reason: 'leave' },
      { as: 'diana' },
    );
    expect((await pay('ben')).status).toBe(200);
    expect((await pay('anna')).body['code']).toBe('authority.customer');
  });

  it('a sales system names for whom it acts', async () => {
    const nobody = await office.post('/v1/customers', aCustomer(), { as: 'shop' });
    expect(nobody).toMatchObject({ status: 400, body: { errors: [{ path: 'X-On-Behalf-Of' }] } });
    const forBen = await office.post('/v1/customers', aCustomer(), {
      as: 'shop',
      headers: { 'x-on-behalf-of': 'ben' },
    });
    expect(forBen.body['code']).toBe('authority.customer');
  });

  it('nobody else acts for another, and trying to is recorded', async () => {
    const answer = await office.post('/v1/customers', aCustomer(), {
      as: 'gina',
      headers: { 'x-on-behalf-of': 'anna' },
    });
    expect(answer).toMatchObject({ status: 403, body: { code: 'authority.on-behalf-of' } });
    const last = (await office.recorded()).map(decodeEvent).at(-1);
    expect(last).toMatchObject({ type: 'CommandRefused', data: { code: 'authority.on-behalf-of' } });
    expect(last?.metadata.onBehalfOf).toBeUndefined();
  });

  it('authority comes before the revision and the rules, the key before both', async () => {
    const customerId = await office.customer();
    await office.post(`/v1/customers/${customerId}/block`, { reason: 'x' }, { as: 'diana' });
    const stale = { headers: { 'if-match': '"9"' } };
    expect((await office.post('/v1/orders', anOrder(customerId), { as: 'ben', ...stale })).status).toBe(403);
    expect((await office.post('/v1/orders', anOrder(customerId), stale)).status).toBe(412);
    expect((await office.post('/v1/orders', anOrder(customerId))).status).toBe(409);
  });

  it('a refusal keeps no personal data', async () => {
    const customer = aCustomer({
      naturalPerson: true,
      name: 'Rosa Hill',
      contact: { email: 'rosa@example.com' },
    });
    await office.post('/v1/customers', customer, { as: 'ben' });
    const last = (await office.recorded()).at(-1);
    expect(last?.type).toBe('CommandRefused');
    expect(last?.data).not.toMatch(/rosa/i);
    expect(last?.metadata).not.toMatch(/rosa/i);
  });
});

/** Stock requests without an order are the branch's, not a customer's manager's. */
const isOfBranch = (name: string): boolean => ['ReceiveStock', 'CancelStockRequest'].includes(name);
