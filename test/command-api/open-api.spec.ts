import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { Office } from './support.js';

interface Operation {
  readonly operationId: string;
  readonly requestBody: {
    readonly content: Record<string, { readonly schema: object; readonly example: unknown }>;
  };
  readonly responses: Record<string, { readonly content: Record<string, { readonly schema: object }> }>;
}
interface OpenApi {
  readonly paths: Record<string, { readonly post: Operation }>;
  readonly components: { readonly schemas: Record<string, { readonly examples?: readonly unknown[] }> };
}

let office: Office;
let document: OpenApi;
let compile: (schema: object) => (value: unknown) => readonly unknown[];

beforeAll(async () => {
  office = await Office.open();
  document = (await office.app.inject({ url: '/openapi.json' })).json();
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema({ ...document, $id: 'document' });
  compile = (schema) => {
    const check = ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"document#/')) as object);
    return (value) => (check(value) ? [] : (check.errors ?? []));
  };
});
afterAll(() => office.close());

/** The operations that take one command each. */
const commands = () =>
  Object.entries(document.paths)
    .filter(([path]) => path !== '/v1/commands')
    .map(([path, { post }]) => ({ path, ...post }));

describe('The OpenAPI document of the command API', () => {
  it('passes the recommended rules of a linter', async () => {
    const problems = await lintFromString({
      source: JSON.stringify(document),
      config: await createConfig({ extends: ['recommended'] }),
    });
    expect(problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual(
      [],
    );
  });

  it('names every path of the contract', () => {
    expect(Object.keys(document.paths).sort()).toEqual(
      [
        '/v1/commands',
        '/v1/credit-notes',
        '/v1/customers',
        '/v1/customers/{customerId}/block',
        '/v1/customers/{customerId}/credit-terms',
        '/v1/customers/{customerId}/details',
        '/v1/customers/{customerId}/reassignments',
        '/v1/customers/{customerId}/segment',
        '/v1/customers/{customerId}/unblock',
        '/v1/orders',
        '/v1/orders/{orderId}/amendments',
        '/v1/orders/{orderId}/cancellation',
        '/v1/orders/{orderId}/discounts',
        '/v1/orders/{orderId}/discounts/{discountId}/withdrawal',
        '/v1/orders/{orderId}/goods-issues',
        '/v1/orders/{orderId}/payments',
        '/v1/orders/{orderId}/payments/{paymentId}/reversal',
        '/v1/orders/{orderId}/returns',
        '/v1/sales-plans',
        '/v1/sales-plans/{planId}/closing',
        '/v1/sales-plans/{planId}/revisions',
        '/v1/stock-requests',
        '/v1/stock-requests/{stockRequestId}/cancellation',
        '/v1/stock-requests/{stockRequestId}/confirmation',
        '/v1/stock-requests/{stockRequestId}/dispatch',
        '/v1/stock-requests/{stockRequestId}/receipt',
        '/v1/stock-requests/{stockRequestId}/refusal',
      ].sort(),
    );
  });

  it('has an example for every body, and all examples are what their schemas ask for', () => {
    for (const [path, { post }] of Object.entries(document.paths))
      for (const { schema, example } of Object.values(post.requestBody.content)) {
        expect([path, example]).not.toEqual([path, undefined]);
        expect([path, compile(schema)(example)]).toEqual([path, []]);
      }
    for (const [name, { examples = [] }] of Object.entries(document.components.schemas))
      for (const example of examples)
        expect([name, compile({ $ref: `#/components/schemas/${name}` })(example)]).toEqual([name, []]);
  });

  it('has examples that the API takes, and tells their answers as they are', async () => {
    const customerId = '0f8fad5b-d9cb-469f-a165-70867728950e';
    const orderId = 'a81bc81b-dead-4e5d-abff-90865d1e13b1';
    const ids: Record<string, string> = { customerId, orderId };
    const take = async (operationId: string, as = 'diana', fields: object = {}) => {
      const operation = commands().find((candidate) => candidate.operationId === operationId);
      if (!operation) throw new Error(`no operation ${operationId}`);
      const { path, requestBody, responses } = operation;
      const url = path.replaceAll(/\{(\w+)\}/g, (_, id: string) => ids[id] ?? '');
      const body = Object.assign({}, requestBody.content['application/json']?.example, fields);
      const answer = await office.post(url, body, { as });
      const [documented] = Object.values(responses[answer.status]?.content ?? {});
      const schema = documented?.schema ?? { not: {} };
      expect([operationId, answer.status, answer.body, compile(schema)(answer.body)]).toEqual([
        operationId,
        path.includes('{') ? 200 : 201,
        answer.body,
        [],
      ]);
      for (const [name, id] of Object.entries(answer.body)) if (name.endsWith('Id')) ids[name] = String(id);
      sent.add(operationId);
      return answer.body;
    };
    const sent = new Set<string>();
    const lineId = '6f9619ff-8b86-4d01-b42d-00cf4fc964ff';

    await take('registerCustomer', 'anna', { customerId });
    await take('correctCustomerDetails', 'anna');
    await take('changeSegment');
    await take('setCreditTerms');
    await take('placeOrder', 'anna', {
      orderId,
      lines: [{ lineId, sku: '85123A', quantity: '6', unitPrice: '2.50' }],
    });
    await take('grantDiscount', 'anna');
    await take('withdrawDiscount', 'anna');
    await take('receivePayment', 'alex');
    await take('reversePayment', 'alex');
    await take('issueGoods', 'anna');
    await take('returnGoods', 'anna');
    await take('cancelOrder', 'anna');
    await take('placeOrder', 'anna');
    await take('amendOrder', 'anna');
    await take('issueCreditNote', 'anna');
    await take('requestStock');
    await take('confirmStockRequest', 'wendy');
    await take('dispatchStock', 'wendy');
    await take('receiveStock', 'diana');
    await take('requestStock', 'diana');
    await take('refuseStockRequest', 'wendy');
    await take('requestStock', 'diana');
    await take('cancelStockRequest');
    await take('setSalesPlan');
    await take('reviseSalesPlan');
    await take('closeSalesPlan');
    await take('blockCustomer');
    await take('unblockCustomer');
    await take('reassignCustomer');
    expect([...sent].sort()).toEqual(
      commands()
        .map(({ operationId }) => operationId)
        .sort(),
    );
  });
});
