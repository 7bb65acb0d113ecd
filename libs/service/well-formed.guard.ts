import { Readable } from 'node:stream';
import 'reflect-metadata';
import {
  Injectable,
  SetMetadata,
  type CanActivate,
  type ExecutionContext,
  type OnModuleInit,
  type Type,
} from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Problem, type Fault } from './problem.js';
import { RequestSchemas, type Check, type RequestClass } from './request-schemas.js';

/** What a route takes: the classes of its `@Body()`, `@Query()` and `@Param()` parameters. */
export interface RouteShape {
  readonly body?: RequestClass;
  readonly query?: RequestClass;
  readonly params?: RequestClass;
}

const PARTS = { 3: 'body', 4: 'query', 5: 'params' } as const;
type Part = (typeof PARTS)[keyof typeof PARTS];

const isPart = (kind: string): kind is `${keyof typeof PARTS}` => Object.hasOwn(PARTS, kind);

/** Reads a controller method's shape; throws where the compiler left no class to validate by (`import type` does that). */
export function shapeOf(controller: Type, method: string): RouteShape {
  const routeArguments = Object.entries(
    (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, method) ?? {}) as Record<
      string,
      { index: number; data?: unknown }
    >,
  );
  const types = (Reflect.getMetadata('design:paramtypes', controller.prototype as object, method) ??
    []) as RequestClass[];
  const shape: { -readonly [part in Part]?: RequestClass } = {};
  for (const [key, { index, data }] of routeArguments) {
    const [kind = ''] = key.split(':');
    if (!isPart(kind)) continue;
    const type = types[index];
    if (data !== undefined || !type || (type as unknown) === Object)
      throw new Error(`${controller.name}.${method}: the ${PARTS[kind]} has no class to be validated by`);
    shape[PARTS[kind]] = type;
  }
  return shape;
}

const EXTRA_CHECK = Symbol('extra check');

/** Checks what no class describes (headers, for instance) together with the rest of the request, before its token. */
export const Checked = (check: (request: FastifyRequest) => readonly Fault[]) =>
  SetMetadata(EXTRA_CHECK, check);

/** A route of the service: the method of a controller that serves it, and what it takes. */
export interface Route {
  readonly controller: Type;
  readonly method: string;
  readonly handler: object;
  readonly shape: RouteShape;
}

/** Every route of the service, and the schemas of all that they take. */
@Injectable()
export class Routes {
  private found: { readonly routes: readonly Route[]; readonly schemas: RequestSchemas } | undefined;

  constructor(private readonly discovery: DiscoveryService) {}

  get all(): readonly Route[] {
    return this.find().routes;
  }

  get schemas(): RequestSchemas {
    return this.find().schemas;
  }

  /** Only once: the controllers are all known as soon as the modules are. */
  private find() {
    if (this.found) return this.found;
    const scanner = new MetadataScanner();
    const routes = this.discovery.getControllers().flatMap(({ metatype, instance }): Route[] => {
      if (typeof metatype !== 'function' || !instance) return [];
      const controller = metatype as Type;
      const prototype = controller.prototype as Record<string, object>;
      return scanner.getAllMethodNames(prototype).map((method) => ({
        controller,
        method,
        handler: prototype[method] ?? {},
        shape: shapeOf(controller, method),
      }));
    });
    const taken = routes.flatMap(({ shape }) => Object.values(shape) as RequestClass[]);
    this.found = { routes, schemas: new RequestSchemas(taken) };
    return this.found;
  }
}

/**
 * Refuses malformed requests (400), before anybody asks for the token: so says the order of checks in the API's conventions.
 * Nest's own place for it, a pipe, comes after the guards.
 */
@Injectable()
export class WellFormedGuard implements CanActivate, OnModuleInit {
  private readonly checks = new Map<object, Partial<Record<Part, Check>>>();

  constructor(
    private readonly routes: Routes,
    private readonly reflector: Reflector,
  ) {}

  onModuleInit(): void {
    const { schemas } = this.routes;
    for (const { handler, shape } of this.routes.all)
      this.checks.set(handler, {
        ...(shape.body && { body: schemas.check(schemas.of(shape.body)) }),
        ...(shape.query && { query: schemas.check(schemas.of(shape.query), { fromText: true }) }),
        ...(shape.params && { params: schemas.check(schemas.of(shape.params), { fromText: true }) }),
      });
  }

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { body, query, params } = this.checks.get(context.getHandler()) ?? {};
    const extra = this.reflector.get<((request: FastifyRequest) => readonly Fault[]) | undefined>(
      EXTRA_CHECK,
      context.getHandler(),
    );
    if (body && request.body instanceof Readable) throw Problem.unsupportedMediaType();
    const faults = [
      ...(extra?.(request) ?? []),
      ...(params?.(request.params) ?? []),
      ...(query?.(request.query) ?? []),
      ...(body?.(request.body) ?? []),
    ];
    if (faults.length > 0) throw Problem.malformed(faults);
    return true;
  }
}
