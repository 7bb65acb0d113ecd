import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { Schema } from './request-schemas.js';
import { Routes } from './well-formed.guard.js';

export interface DocumentSettings {
  readonly title: string;
  readonly description: string;
  readonly server: string;
  /** The service's own touch: tags, answers, examples. */
  readonly complete?: (document: OpenAPIObject, routes: Routes) => void;
}

/** The schema of every answer that is not a success. */
const Problem: Schema = {
  type: 'object',
  description: 'RFC 9457 problem details; the figures of a rule stand beside the members of the standard.',
  properties: {
    type: { type: 'string', examples: ['urn:kontor:problem:malformed'] },
    title: { type: 'string' },
    status: { type: 'integer', minimum: 400, maximum: 599 },
    detail: { type: 'string' },
    code: { type: 'string', description: 'Stable: what a program should look at.' },
    errors: {
      type: 'array',
      description: 'What is malformed, by dotted path.',
      items: {
        type: 'object',
        properties: { path: { type: 'string' }, message: { type: 'string' } },
        required: ['path', 'message'],
      },
    },
  },
  required: ['type', 'title', 'status', 'detail', 'code'],
};

/**
 * The OpenAPI 3.1 document: routes as Nest knows them, schemas and parameters from the request classes, so that what is
 * documented is what is checked.
 */
export function openApiDocument(app: INestApplication, settings: DocumentSettings): OpenAPIObject {
  const routes = app.get(Routes, { strict: false });
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle(settings.title)
    .setDescription(settings.description)
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer(settings.server)
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, 'token')
    .addSecurityRequirements('token');
  const document = SwaggerModule.createDocument(app, builder.build(), {
    operationIdFactory: (_controller, method) => method,
  });
  const parameterClasses = new Set(
    routes.all.flatMap(({ shape }) => [shape.params?.name, shape.query?.name]),
  );
  const bodies = Object.entries(routes.schemas.byName).filter(([name]) => !parameterClasses.has(name));
  document.components = Object.assign(document.components ?? {}, {
    schemas: { Problem, ...Object.fromEntries(bodies) },
  });
  for (const { method, shape } of routes.all) {
    const operation = Object.values(document.paths)
      .flatMap((path) => Object.values(path) as { operationId?: string; parameters?: unknown[] }[])
      .find(({ operationId }) => operationId === method);
    if (!operation) continue;
    operation.parameters = [
      ...(shape.params ? parametersOf(routes.schemas.of(shape.params), 'path') : []),
      ...(shape.query ? parametersOf(routes.schemas.of(shape.query), 'query') : []),
      ...(operation.parameters ?? []),
    ];
  }
  settings.complete?.(document, routes);
  return document;
}

const parametersOf = ({ properties = {}, required = [] }: Schema, place: 'path' | 'query') =>
  Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(description !== undefined && { description }),
    schema,
  }));
