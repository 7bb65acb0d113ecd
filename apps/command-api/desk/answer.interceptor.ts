import {
  Inject,
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Problem, PROBLEM_MEDIA_TYPE } from '#kontor/service';
import type { FastifyReply } from 'fastify';
import { finalize, map, type Observable } from 'rxjs';
import type { Answer } from './answer.js';
import { Capacity } from './capacity.js';

/** The token of the URL under which readers find the query API. */
export const QUERY_URL = Symbol('query url');

/** Makes a response of a command's answer, and turns calls away when too much is under way. */
@Injectable()
export class AnswerInterceptor implements NestInterceptor<Answer, string> {
  constructor(
    private readonly capacity: Capacity,
    @Inject(QUERY_URL) private readonly queryUrl: string,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler<Answer>): Observable<string> {
    if (!this.capacity.tryEnter())
      throw Problem.tooMany('Too much is under way; the same call may be made again.');
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      map((answer) => this.write(answer, reply)),
      finalize(() => this.capacity.leave()),
    );
  }

  private write(
    { status, body, revision, created, replayed, retryAfterSeconds }: Answer,
    reply: FastifyReply,
  ): string {
    void reply.code(status).type('code' in body ? PROBLEM_MEDIA_TYPE : 'application/json');
    if (revision !== undefined) void reply.header('etag', `"${revision}"`);
    if (created !== undefined) void reply.header('location', this.queryUrl + created);
    if (replayed) void reply.header('idempotency-replayed', 'true');
    if (retryAfterSeconds !== undefined) void reply.header('retry-after', String(retryAfterSeconds));
    return JSON.stringify(body);
  }
}
