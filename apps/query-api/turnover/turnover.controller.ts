import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor } from '#kontor/contracts';
import { turnoverBy, visibilityOf } from '#kontor/read-models';
import { TheActor } from '#kontor/service';
import { Asking } from '../asking/asking.js';
import { Answers } from '../open-api/answers.js';
import { TurnoverRequest } from './turnover.request.js';

@ApiTags('turnover')
@Controller('v1/turnover')
export class TurnoverController {
  constructor(private readonly asking: Asking) {}

  @Get()
  @Answers('Turnover', { summary: 'Sales by month, territory, branch, account manager or product group' })
  getTurnover(
    @Query() request: TurnoverRequest,
    @TheActor() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { by, from, to } = request;
    return this.asking.ask(reply, request, turnoverBy, { visibility: visibilityOf(actor), by, from, to });
  }
}
