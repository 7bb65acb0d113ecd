import { Readable } from 'node:stream';
import { Controller, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '#kontor/contracts';
import { Problem, TheActor } from '#kontor/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { traceparentOf } from '../desk/call.js';
import { CommandStream } from './command-stream.js';

export const NDJSON = 'application/x-ndjson';

@ApiTags('commands')
@Controller('v1/commands')
export class CommandsController {
  constructor(private readonly stream: CommandStream) {}

  @Post()
  @ApiOperation({
    summary: 'Takes commands line by line',
    description:
      'Answers a line per command, in order, while the lines come. Lines that name the same customer, order, credit note, ' +
      'request or plan take effect in line order; others run at once. A malformed line gets its own 400 line; a line over ' +
      '1 MiB ends the stream with a last line saying so.',
  })
  async commands(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @TheActor() actor: Actor,
  ): Promise<void> {
    const { body } = request;
    if (!(body instanceof Readable)) throw Problem.unsupportedMediaType();
    const traceparent = traceparentOf(request);
    const call = { actor, ...(traceparent !== undefined && { traceparent }) };
    reply.hijack();
    // Nobody listens to a response whose client has gone.
    reply.raw.on('error', () => undefined);
    reply.raw.writeHead(200, { 'content-type': NDJSON });
    reply.raw.flushHeaders();
    await this.stream.serve(body, reply.raw, { call, until: request.tokenExpiresAt ?? 0 });
  }
}
