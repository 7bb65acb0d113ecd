import { type Routes, type DocumentSettings, type Route, type Schema } from '#kontor/service';
import { catalogueOf } from './commands/catalogue.js';
import { NDJSON } from './commands/commands.controller.js';
import { issuedBy, type Issued } from './desk/issues.js';
import { problems } from './desk/problems.js';

const UUID = '6f9619ff-8b86-4d01-b42d-00cf4fc964ff';
const POSITION: Schema = {
  type: 'string',
  pattern: '^[0-9]+$',
  description: 'The position in the log: ask a report for it by `?atLeast=`.',
  examples: ['4711'],
};
const REVISION: Schema = {
  type: 'integer',
  minimum: 0,
  description: 'The aggregate’s revision.',
  examples: [0],
};

/** Statuses that every command may be answered with, besides success. */
const PROBLEMS = {
  400: 'Malformed; `errors` says where',
  401: 'No valid token',
  403: 'Not within the powers of whoever acts; recorded',
  404: 'What the command names is not there',
  409: 'The state forbids it (recorded), or others were faster (`concurrency-conflict`: send it again)',
  412: 'Changed since the revision in If-Match',
  413: 'Larger than a megabyte',
  415: 'Not JSON',
  422: 'A rule forbids it (recorded), or the key was used for another command (`idempotency-key-reused`)',
  429: 'Too much is under way: send it again',
  503: 'The event log does not answer: send it again',
} as const;

const tags = {
  customers: 'Who buys, and who looks after them',
  orders: 'What was ordered, at what price, and what became of it',
  'credit notes': 'Credits without a known order',
  'stock requests': 'What a branch asks its suppliers for',
  'sales plans': 'What is to be sold, and by whom',
  commands: 'All of these, line by line',
};

/** What the document says besides what the routes' decorators do. */
export const document: DocumentSettings = {
  title: 'Kontor command API',
  description:
    'Takes commands. Money is in minor units beside its currency, rates in basis points, quantities and prices are decimal ' +
    'strings. Every command has a key: sent again with it, the same command gets the first answer again, whatever happened ' +
    `in between.\n\nCodes of problems: ${Object.keys(problems)
      .map((code) => `\`${code}\``)
      .join(', ')}.`,
  server: '/',
  complete: (document, routes) => {
    const catalogue = catalogueOf(routes);
    document.tags = Object.entries(tags).map(([name, description]) => ({ name, description }));
    const schemas: Record<string, Schema> = {};
    for (const route of routes.all) {
      const issued = issuedBy(route.handler);
      if (issued) describe(operationOf(document, route), issued, route, routes, schemas);
    }
    for (const { name, schema } of catalogue.values()) schemas[`${name}Line`] = schema;
    schemas['CommandLine'] = { oneOf: [...catalogue.keys()].map((name) => ref(`${name}Line`)) };
    schemas['AnswerLine'] = answerLine;
    describeStream(document.paths['/v1/commands']?.post ?? {});
    document.components = { ...document.components };
    Object.assign((document.components.schemas ??= {}), schemas);
  },
};

const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

type Document = Parameters<NonNullable<DocumentSettings['complete']>>[0];

const operationOf = (document: Document, { method }: Route): object =>
  Object.values(document.paths)
    .flatMap((path) => Object.values(path) as { operationId?: string }[])
    .find(({ operationId }) => operationId === method) ?? {};

function describe(
  operation: object,
  { ids }: Issued,
  { shape }: Route,
  { schemas }: Routes,
  answers: Record<string, Schema>,
): void {
  const created = shape.params === undefined;
  const name = `${ids.map((id) => id.charAt(0).toUpperCase() + id.slice(1, -2)).join('')}Answer`;
  answers[name] = answerWith(ids);
  const headers = {
    ETag: { description: 'The revision, in quotes', schema: { type: 'string' } },
    'Idempotency-Replayed': {
      description: '`true` where this is the first answer again',
      schema: { type: 'string' },
    },
    ...(created && {
      Location: { description: 'Where it is found, on the query API', schema: { type: 'string' } },
    }),
  };
  const success = {
    description: created ? 'Done' : 'Done, or nothing to do',
    headers,
    content: { 'application/json': { schema: ref(name) } },
  };
  const [example] = (shape.body && (schemas.of(shape.body)['examples'] as readonly unknown[])) ?? [];
  Object.assign(operation, {
    requestBody: {
      required: true,
      content: { 'application/json': { schema: ref(shape.body?.name ?? ''), example } },
    },
    responses: { [created ? 201 : 200]: success, ...problemResponses },
  });
}

const answerWith = (ids: readonly string[]): Schema => ({
  type: 'object',
  additionalProperties: false,
  required: [...ids, 'revision', 'position'],
  properties: {
    ...Object.fromEntries(ids.map((id) => [id, { type: 'string', format: 'uuid' }])),
    revision: REVISION,
    position: POSITION,
  },
  examples: [{ ...Object.fromEntries(ids.map((id) => [id, UUID])), revision: 0, position: '4711' }],
});

const problemResponses = Object.fromEntries(
  Object.entries(PROBLEMS).map(([status, description]) => [
    status,
    {
      description,
      ...((status === '429' || status === '503') && {
        headers: { 'Retry-After': { description: 'Seconds', schema: { type: 'integer' } } },
      }),
      content: { 'application/problem+json': { schema: ref('Problem') } },
    },
  ]),
);

const answerLine: Schema = {
  type: 'object',
  required: ['status', 'body'],
  properties: {
    status: { type: 'integer', description: 'As the status of a single call.' },
    idempotencyKey: { type: 'string', description: 'The line’s, where it could be read.' },
    replayed: { type: 'boolean', description: '`true` where this is the first answer again.' },
    body: { type: 'object', description: 'As the body of a single call’s answer.' },
  },
  examples: [{ status: 201, idempotencyKey: 'o-1', body: { orderId: UUID, revision: 0, position: '4711' } }],
};

const describeStream = (operation: object): void => {
  const { 400: malformed, 401: unauthenticated, 415: otherMediaType } = problemResponses;
  Object.assign(operation, {
    requestBody: {
      required: true,
      description: 'One command a line.',
      content: {
        [NDJSON]: {
          schema: ref('CommandLine'),
          example: {
            command: 'BlockCustomer',
            idempotencyKey: 'b-1',
            body: { customerId: UUID, reason: 'Three invoices overdue' },
          },
        },
      },
    },
    responses: {
      200: {
        description: 'One answer a line, in the order of the commands.',
        content: { [NDJSON]: { schema: ref('AnswerLine') } },
      },
      400: malformed,
      401: unauthenticated,
      415: otherMediaType,
    },
  });
};
