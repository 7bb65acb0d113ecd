import {
  createParamDecorator,
  Injectable,
  SetMetadata,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Actor } from '#kontor/contracts';
import type { FastifyRequest } from 'fastify';
import { BearerTokens } from './bearer-tokens.js';
import { Problem } from './problem.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, where the route is not open to all. */
    actor?: Actor;
    /** When their token expires, in milliseconds since 1970. */
    tokenExpiresAt?: number;
  }
}

const OPEN = Symbol('open');

/** Marks what needs no token: health, metrics, the OpenAPI document. */
export const Open = () => SetMetadata(OPEN, true);

/** The actor of the request's token, as a parameter of a controller's method. */
export const TheActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { actor } = context.switchToHttp().getRequest<FastifyRequest>();
  if (!actor) throw new Error('an open route has no actor');
  return actor;
});

/** Lets through whoever brings a valid token. */
@Injectable()
export class BearerGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: BearerTokens,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.reflector.getAllAndOverride<boolean>(OPEN, [context.getHandler(), context.getClass()]))
      return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const [, token] = /^Bearer ([^ ]+)$/i.exec(request.headers.authorization ?? '') ?? [];
    if (!token) throw Problem.unauthenticated('A bearer token is needed.');
    const { actor, expiresAt } = await this.tokens.read(token);
    Object.assign(request, { actor, tokenExpiresAt: expiresAt });
    return true;
  }
}
