import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { PROBLEM_MEDIA_TYPE } from '#kontor/service';
import type { FastifyReply } from 'fastify';
import type { Answer } from './answer.js';

/** The token of the URL under which readers find the query API. */
export const QUERY_URL = Symbol('query url');

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether what the route returns is an `Answer`. */
    readonly answers?: boolean;
  }
}

/** Makes a response of a command's answer. Nest's own place for it, an interceptor, takes a good tenth of a command's processor time. */
@Injectable()
export class AnswerWriter implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost<FastifyAdapter>,
    @Inject(QUERY_URL) private readonly queryUrl: string,
  ) {}

  onModuleInit(): void {
    this.host.httpAdapter.getInstance().addHook('preSerialization', (request, reply, payload, done) => {
      done(null, request.routeOptions.config.answers ? this.write(payload as Answer, reply) : payload);
    });
  }

  private write(
    { status, body, revision, created, replayed, retryAfterSeconds }: Answer,
    reply: FastifyReply,
  ): Answer['body'] {
    void reply.code(status).type('code' in body ? PROBLEM_MEDIA_TYPE : 'application/json');
    if (revision !== undefined) void reply.header('etag', `"${revision}"`);
    if (created !== undefined) void reply.header('location', this.queryUrl + created);
    if (replayed) void reply.header('idempotency-replayed', 'true');
    if (retryAfterSeconds !== undefined) void reply.header('retry-after', String(retryAfterSeconds));
    return body;
  }
}
