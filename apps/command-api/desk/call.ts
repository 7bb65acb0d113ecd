import { isUtf8 } from 'node:buffer';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Actor } from '#kontor/contracts';
import { Problem, type Fault } from '#kontor/service';
import type { FastifyRequest } from 'fastify';
import type { Turn } from './turn.js';

/** Everything that comes with a command besides its fields. */
export interface Call {
  readonly idempotencyKey: string;
  readonly actor: Actor;
  /** The account manager whom a sales system acts for. */
  readonly onBehalfOf?: string;
  /** The revision that the caller holds to be the aggregate's. */
  readonly ifMatch?: number;
  readonly traceparent?: string;
  /** Among the lines of a stream. */
  readonly turn?: Turn;
}

export const MAX_KEY_LENGTH = 200;
/** What is dated at most this far ahead of our clock is taken to be now: clocks differ. */
const CLOCK_TOLERANCE_MS = 5_000;

const ENTITY_TAG = /^"(0|[1-9][0-9]{0,14})"$/;
const TRACEPARENT = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** Headers come as Latin-1; what was meant is UTF-8 wherever it is valid UTF-8, so that a key is the same in a header and in JSON. */
const headerText = ({ headers }: FastifyRequest, name: string): string | undefined => {
  const value = headers[name];
  if (typeof value !== 'string') return undefined;
  const bytes = Buffer.from(value, 'latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : value;
};

/** The W3C trace context that the request came with. */
export function traceparentOf({ headers: { traceparent } }: FastifyRequest): string | undefined {
  return typeof traceparent === 'string' && TRACEPARENT.test(traceparent) ? traceparent : undefined;
}

/** What is malformed in the headers that a single command comes with. */
export function headerFaults(request: FastifyRequest): readonly Fault[] {
  const key = headerText(request, 'idempotency-key');
  const onBehalfOf = headerText(request, 'x-on-behalf-of');
  const ifMatch = request.headers['if-match'];
  const faults: Fault[] = [];
  if (!key) faults.push({ path: 'Idempotency-Key', message: 'is missing' });
  else if ([...key].length > MAX_KEY_LENGTH)
    faults.push({ path: 'Idempotency-Key', message: `must not have more than ${MAX_KEY_LENGTH} characters` });
  if (onBehalfOf !== undefined && (onBehalfOf === '' || [...onBehalfOf].length > 64))
    faults.push({ path: 'X-On-Behalf-Of', message: 'must have 1 to 64 characters' });
  if (ifMatch !== undefined && !ENTITY_TAG.test(ifMatch))
    faults.push({ path: 'If-Match', message: 'must be a revision in quotes, as the ETag was' });
  return [...faults, ...timeFaults(request.body)];
}

/** What nobody can have done yet is malformed. */
export function timeFaults(body: unknown): readonly Fault[] {
  if (typeof body !== 'object' || body === null || !('occurredAt' in body)) return [];
  const at = Date.parse(String(body.occurredAt));
  return at > Date.now() + CLOCK_TOLERANCE_MS
    ? [{ path: 'occurredAt', message: `must not be more than ${CLOCK_TOLERANCE_MS / 1000} s ahead` }]
    : [];
}

/** A sales system acts for somebody, always. */
export function requirePrincipal({ actor, onBehalfOf }: Call, path: string): void {
  if (actor.role === 'sales-system' && onBehalfOf === undefined)
    throw Problem.malformed([{ path, message: 'is missing: a sales system names an account manager' }]);
}

/** The call of a single command, as a parameter of a controller's method. */
export const TheCall = createParamDecorator((_: unknown, context: ExecutionContext): Call => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  const { actor } = request;
  const idempotencyKey = headerText(request, 'idempotency-key');
  if (!actor || !idempotencyKey) throw new Error('the guards let through a call without actor or key');
  const onBehalfOf = headerText(request, 'x-on-behalf-of');
  const [, revision] = ENTITY_TAG.exec(request.headers['if-match'] ?? '') ?? [];
  const traceparent = traceparentOf(request);
  const call: Call = {
    idempotencyKey,
    actor,
    ...(onBehalfOf !== undefined && { onBehalfOf }),
    ...(revision !== undefined && { ifMatch: Number(revision) }),
    ...(traceparent !== undefined && { traceparent }),
  };
  requirePrincipal(call, 'X-On-Behalf-Of');
  return call;
});
