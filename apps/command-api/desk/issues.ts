import { applyDecorators, HttpCode, SetMetadata } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiHeader, ApiOperation } from '@nestjs/swagger';
import type { CommandName } from '#kontor/domain';
import { Checked } from '#kontor/service';
import { headerFaults } from './call.js';
import type { Command, CommandClass } from './command.js';
import type { Call } from './call.js';
import type { Dated } from './dated.js';

const ISSUED = Symbol('issued');

/** The command that a route issues. */
export interface Issued {
  readonly name: CommandName;
  /** Fields that name what the command does not change. */
  readonly refersTo: readonly string[];
  /** What the answer names. */
  readonly ids: readonly string[];
  /** From fields that were checked by the route's schemas. */
  readonly make: (fields: unknown, call: Call) => Command;
}

export const issuedBy = (handler: object): Issued | undefined =>
  Reflect.getMetadata(ISSUED, handler) as Issued | undefined;

/**
 * Marks a controller's method as the way in of a command. What calls it (key, If-Match, on whose behalf) is checked and
 * documented, its answer made a response, and `/v1/commands` takes the command too. The ids are those that the answer names.
 */
export const Issues = <Fields extends Dated>(
  commandClass: CommandClass<Fields>,
  summary: string,
  ...ids: readonly string[]
) =>
  applyDecorators(
    SetMetadata<symbol, Issued>(ISSUED, {
      name: commandClass.commandName,
      refersTo: commandClass.refersTo,
      ids,
      make: (fields, call) => new commandClass(fields as Fields, call),
    }),
    Checked(headerFaults),
    RouteConfig({ answers: true }),
    HttpCode(200),
    ApiOperation({ summary }),
    ApiHeader({
      name: 'Idempotency-Key',
      required: true,
      description:
        'The same key with the same command gets the first answer again; scoped to the token’s subject.',
      schema: { type: 'string', minLength: 1, maxLength: 200 },
    }),
    ApiHeader({
      name: 'If-Match',
      required: false,
      description: 'The revision, as an ETag told it; 412 if it is another by now.',
      schema: { type: 'string', pattern: '^"(0|[1-9][0-9]{0,14})"$' },
    }),
    ApiHeader({
      name: 'X-On-Behalf-Of',
      required: false,
      description: 'The account manager whom a sales system acts for; only sales systems, and always they.',
      schema: { type: 'string', minLength: 1, maxLength: 64 },
    }),
  );
