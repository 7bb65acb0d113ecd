import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { ProblemCode } from '#kontor/contracts';
import type { FastifyReply } from 'fastify';
import { Problem, PROBLEM_MEDIA_TYPE, problemDocument } from './problem.js';

const CODES: Readonly<Record<number, ProblemCode>> = {
  400: 'malformed',
  404: 'not-found',
  413: 'payload-too-large',
  414: 'payload-too-large',
  415: 'unsupported-media-type',
  503: 'unavailable',
};

const statusOf = (thrown: unknown): number => {
  if (thrown instanceof HttpException) return thrown.getStatus();
  if (thrown instanceof Error && 'statusCode' in thrown) return Number(thrown.statusCode);
  return 500;
};

/** The problem that a thrown value is told to callers as; what nobody expected says nothing about itself. */
export function problemOf(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  const status = statusOf(thrown);
  const code = CODES[status];
  if (!code || !(thrown instanceof Error))
    return new Problem(problemDocument(500, 'internal-error', 'Something went wrong here; it was logged.'));
  const document = problemDocument(status, code, thrown.message);
  return new Problem(
    status === 400 ? { ...document, errors: [{ path: '', message: thrown.message }] } : document,
  );
}

/** Answers everything that is thrown as `application/problem+json`. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Problem');

  catch(thrown: unknown, host: ArgumentsHost): void {
    const { document, headers } = problemOf(thrown);
    if (document.status === 500) this.logger.error(thrown);
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (reply.sent) return;
    void reply.code(document.status).headers(headers).type(PROBLEM_MEDIA_TYPE).send(JSON.stringify(document));
  }
}
