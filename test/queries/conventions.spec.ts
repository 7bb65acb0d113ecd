import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import type { OpenAPIObject } from '@nestjs/swagger';
import { projections } from '#kontor/read-models';
import { BERG } from '../../libs/read-models/testing/mothers.js';
import { ANNAS_PLAN, EVENTFUL_ORDER } from '../../libs/read-models/testing/year.js';
import { withClient } from '../support/raw-client.js';
import { ReadingRoom } from './reading-room.js';

let room: ReadingRoom;
beforeAll(async () => {
  room = await ReadingRoom.open();
});
afterAll(() => room.close());

interface Described {
  readonly content: Record<string, { readonly schema: { readonly $ref: string }; readonly example: unknown }>;
}

const history = `/v1/customers/${BERG}/sales-history`;
const paths = {
  '/v1/customers': '/v1/customers',
  '/v1/customers/{customerId}': `/v1/customers/${BERG}`,
  '/v1/customers/{customerId}/sales-history': history,
  '/v1/customers/{customerId}/products': `/v1/customers/${BERG}/products`,
  '/v1/orders/{orderId}': `/v1/orders/${EVENTFUL_ORDER}`,
  '/v1/plan-fulfilment': '/v1/plan-fulfilment',
  '/v1/plan-fulfilment/{planId}/events': `/v1/plan-fulfilment/${ANNAS_PLAN}/events`,
  '/v1/turnover': '/v1/turnover?by=month',
  '/v1/stock-requests': '/v1/stock-requests',
  '/v1/audit/actions': '/v1/audit/actions',
  '/v1/audit/events': '/v1/audit/events?limit=1',
} as const;
const everyPath = Object.values(paths);
const withParameter = (path: string, parameter: string) =>
  `${path}${path.includes('?') ? '&' : '?'}${parameter}`;

describe('Every question', () => {
  it.each(everyPath)('%s refuses a parameter that it does not know, naming it', async (path) => {
    const { status, text, headers } = await room.get(withParameter(path, 'colour=red'));
    expect(status).toBe(400);
    expect(headers['content-type']).toContain('application/problem+json');
    expect(JSON.parse(text)).toMatchObject({
      code: 'malformed',
      errors: [{ path: 'colour', message: 'is not a known field' }],
    });
  });

  it.each(everyPath)('%s tells the position that it has seen, and waits for one', async (path) => {
    const head = String(room.events.at(-1)?.position);
    const { status, headers } = await room.get(withParameter(path, `atLeast=${head}`));
    expect(status).toBe(200);
    expect(headers['x-log-position']).toBe(head);
  });

  it.each(everyPath)('%s refuses what is no position', async (path) => {
    const { status, text } = await room.get(withParameter(path, 'atLeast=soon'));
    expect(status).toBe(400);
    expect(JSON.parse(text)).toMatchObject({ errors: [{ path: 'atLeast' }] });
  });

  it.each([
    [history, 'from=2011-02-30', 'from'],
    [history, 'to=yesterday', 'to'],
    [history, 'from=0000-01-01', 'from'],
    [history, 'asOf=2011-11-11T25:00:00Z', 'asOf'],
    [history, 'asOf=2011-11-11T12:00:00', 'asOf'],
    [history, 'recordedUntil=2011-13-01', 'recordedUntil'],
    [history, 'limit=0', 'limit'],
    [history, 'limit=501', 'limit'],
    [history, 'limit=1.5', 'limit'],
    [history, 'cursor=nonsense', 'cursor'],
    [history, 'cursor=W10', 'cursor'],
    [history, 'from=2011-11-11&from=2011-11-12', 'from'],
    ['/v1/customers', 'cursor=WyJhIiwiYiJd', 'cursor'],
    ['/v1/customers', 'q=', 'q'],
    ['/v1/customers', 'q=%00', 'q'],
    ['/v1/customers', `branchId=${'x'.repeat(65)}`, 'branchId'],
    [`/v1/customers/${BERG}/products`, 'cursor=MQ', 'cursor'],
    [`/v1/orders/${EVENTFUL_ORDER}`, 'asOf=then', 'asOf'],
    ['/v1/plan-fulfilment', 'period=2011-Q5', 'period'],
    ['/v1/plan-fulfilment', 'attribution=mine', 'attribution'],
    ['/v1/plan-fulfilment', 'cursor=x', 'cursor'],
    [`/v1/plan-fulfilment/${ANNAS_PLAN}/events`, 'attribution=mine', 'attribution'],
    ['/v1/turnover', 'by=weather', 'by'],
    ['/v1/turnover', '', 'by'],
    ['/v1/turnover?by=month', 'from=1', 'from'],
    ['/v1/stock-requests', 'status=lost', 'status'],
    ['/v1/audit/actions', 'outcome=maybe', 'outcome'],
    ['/v1/audit/actions', 'customerId=1001', 'customerId'],
    ['/v1/audit/actions', 'cursor=Ii0xIg', 'cursor'],
    ['/v1/audit/events', 'after=-1', 'after'],
    ['/v1/audit/events', 'after=99999999999999999999', 'after'],
    ['/v1/audit/events', 'limit=none', 'limit'],
    ['/v1/customers/1001', '', 'customerId'],
    ['/v1/customers/urn:uuid:6f9619ff-8b86-4d01-b42d-00cf4fc964ff', '', 'customerId'],
    ['/v1/orders/536365', '', 'orderId'],
    ['/v1/plan-fulfilment/1/events', '', 'planId'],
  ])('%s refuses %s', async (path, parameters, fault) => {
    const { status, text } = await room.get(withParameter(path, parameters));
    expect([status, text]).toEqual([400, expect.stringContaining(`"path":"${fault}"`)]);
  });

  it('believes no announcement that the rows do not bear out', async () => {
    const asking = room.get('/v1/turnover?by=month&atLeast=999998');
    const announced = JSON.stringify(projections.map(({ name }) => [name, '999999']));
    await withClient(room.database.projectorUrl, async (client) => {
      for (const payload of ['nonsense', announced])
        await client.query(`SELECT pg_notify('read_models', $1)`, [payload]);
    });
    expect((await asking).status).toBe(503);
  }, 15_000);

  it('waits no longer than told for a position that does not come', async () => {
    const { status, headers } = await room.get('/v1/turnover?by=month&atLeast=999999');
    expect(status).toBe(503);
    expect(headers['retry-after']).toBe('1');
  }, 15_000);
});

describe('The OpenAPI document', () => {
  const document = async () =>
    JSON.parse((await room.app.inject({ url: '/openapi.json' })).body) as OpenAPIObject;

  it('is open to all, and knows every path', async () => {
    const { openapi, paths: described } = await document();
    expect(openapi).toBe('3.1.0');
    expect(Object.keys(described).toSorted()).toEqual(Object.keys(paths).toSorted());
  });

  it('passes the recommended rules of a linter', async () => {
    const problems = await lintFromString({
      source: JSON.stringify(await document()),
      config: await createConfig({ extends: ['recommended'] }),
    });
    expect(problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual(
      [],
    );
  });

  it.each(Object.entries(paths))('describes what %s really answers', async (template, path) => {
    const openApi = await document();
    const answered = openApi.paths[template]?.get?.responses['200'] as Described;
    const [[mediaType, { schema, example }] = ['', { schema: { $ref: '' }, example: null }]] = Object.entries(
      answered.content,
    );
    const ajv = new Ajv({ strict: false });
    addFormats.default(ajv);
    const valid = ajv.compile({
      ...(openApi.components?.schemas?.[schema.$ref.replace('#/components/schemas/', '')] as object),
    });
    const { text, headers } = await room.get(path);
    expect(headers['content-type']).toContain(mediaType);
    expect([valid(JSON.parse(text)), valid.errors]).toEqual([true, null]);
    expect([valid(example), valid.errors]).toEqual([true, null]);
  });
});
