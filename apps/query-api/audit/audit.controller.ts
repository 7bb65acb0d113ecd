import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor } from '#kontor/contracts';
import type { EventLog, Position } from '#kontor/event-store';
import { auditActionList, auditVisibilityOf, pageText } from '#kontor/read-models';
import { Draining, Problem, TheActor } from '#kontor/service';
import { Asking, LOG_POSITION } from '../asking/asking.js';
import { EVENT_LOG, unavailableUnless } from '../asking/event-log.js';
import { pageAsked } from '../asking/fields.js';
import { Answers } from '../open-api/answers.js';
import { AuditActionsRequest, AuditEventsRequest } from './audit.request.js';
import { eventLines } from './event-lines.js';

const FRESHNESS_DEADLINE_MS = 5_000;
const POLL_MS = 50;

@ApiTags('audit')
@Controller('v1/audit')
export class AuditController {
  constructor(
    private readonly asking: Asking,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    private readonly draining: Draining,
  ) {}

  @Get('actions')
  @Answers('AuditActions', {
    summary:
      'Every action, refused ones too: who, for whom, under what authority, when, what, with which result',
    forbidden: true,
  })
  async listAuditActions(
    @Query() request: AuditActionsRequest,
    @TheActor() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { atLeast: _, limit: _limit, cursor: _cursor, ...filters } = request;
    const asked = { visibility: auditScope(actor), ...filters, ...pageAsked(request) };
    const page = await this.asking.ask(reply, request, auditActionList, asked);
    void reply.type('application/json');
    return pageText(page);
  }

  @Get('events')
  @Answers('Event', {
    summary: 'The raw log as newline-delimited JSON, a line for each event up to the present end of the log',
    forbidden: true,
    mediaType: 'application/x-ndjson',
  })
  async streamEvents(
    @Query() { after = '0', atLeast = '0', stream, limit = Infinity }: AuditEventsRequest,
    @TheActor() actor: Actor,
    @Res() reply: FastifyReply,
  ) {
    const scope = auditScope(actor);
    const until = await unavailableUnless(this.headAt(BigInt(atLeast)));
    const lines = eventLines(this.log, {
      after: BigInt(after),
      until,
      stream,
      limit,
      branchId: scope.kind === 'branch' ? scope.branchId : undefined,
      signal: this.draining.signal,
    });
    await reply
      .header(LOG_POSITION, String(until))
      .type('application/x-ndjson')
      .send(Readable.from(lines, { objectMode: false, highWaterMark: 1 }));
  }

  private async headAt(atLeast: Position): Promise<Position> {
    const deadline = performance.now() + FRESHNESS_DEADLINE_MS;
    for (;;) {
      const { position } = await this.log.head();
      if (position >= atLeast) return position;
      if (performance.now() > deadline)
        throw Problem.unavailable(`The log has not reached position ${atLeast}.`);
      await pause(POLL_MS);
    }
  }
}

function auditScope(actor: Actor) {
  const scope = auditVisibilityOf(actor);
  if (!scope) throw Problem.forbidden('The audit trail is not open to the role.');
  return scope;
}
