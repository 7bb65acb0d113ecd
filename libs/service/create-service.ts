import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { Logger } from 'nestjs-pino';
import { parseBodies } from './body-parser.js';
import { Draining } from './draining.js';
import { Metrics } from './metrics.js';
import { openApiDocument, type DocumentSettings } from './open-api.js';
import { PROBLEM_MEDIA_TYPE } from './problem.js';
import { problemOf } from './problem.filter.js';
import { ServiceModule, type ServiceSettings } from './service.module.js';

export interface ServiceOptions extends ServiceSettings {
  /** Served at `/openapi.json`; a service without routes of its own has none. */
  readonly document?: DocumentSettings;
  /** Media types of bodies that a controller reads itself, as they come. */
  readonly streamed?: readonly string[];
}

/** A Nest application on Fastify with everything that our processes share, initialised but not listening. */
export async function createService(
  module: Type | DynamicModule,
  { document, streamed, ...settings }: ServiceOptions,
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    // While it drains, what still comes in on open connections is served, and the connection closed after it.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 256 },
    // Streams of commands take as long as they take; only a connection that is silent is cut.
    requestTimeout: 0,
    connectionTimeout: 60_000,
    frameworkErrors: (error: FastifyError, _request: FastifyRequest, reply: FastifyReply) => {
      const { document: problem } = problemOf(error);
      void reply.code(problem.status).type(PROBLEM_MEDIA_TYPE).send(JSON.stringify(problem));
    },
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    { module: Root, imports: [await ServiceModule.with(settings), module] },
    adapter,
    { bodyParser: false, bufferLogs: true, abortOnError: false },
  );
  app.useLogger(app.get(Logger));
  app.enableShutdownHooks(['SIGTERM', 'SIGINT'], { useProcessExit: true });
  const fastify = adapter.getInstance();
  const draining = app.get(Draining, { strict: false });
  parseBodies(fastify, streamed);
  app.get(Metrics, { strict: false }).observe(fastify);
  fastify.addHook('onSend', async (_request, reply) => {
    if (draining.hasBegun) reply.header('connection', 'close');
  });
  await app.init();
  if (document) serveDocument(app, document);
  await fastify.ready();
  return app;
}

class Root {}

function serveDocument(app: NestFastifyApplication, settings: DocumentSettings): void {
  const text = JSON.stringify(openApiDocument(app, settings));
  app
    .getHttpAdapter()
    .getInstance()
    .get('/openapi.json', async (_request, reply) => reply.type('application/json').send(text));
}
