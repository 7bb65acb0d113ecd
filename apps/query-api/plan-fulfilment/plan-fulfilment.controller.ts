import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor } from '#kontor/contracts';
import { planEvents, planFulfilmentList, visibilityOf } from '#kontor/read-models';
import { TheActor } from '#kontor/service';
import { Asking } from '../asking/asking.js';
import { pageAsked } from '../asking/fields.js';
import { Answers } from '../open-api/answers.js';
import { PlanEventsRequest, PlanFulfilmentRequest, PlanPath } from './plan-fulfilment.request.js';

/** The answer is one table to whoever reads it, and seldom longer than this. */
const MOST_PLANS = 500;

@ApiTags('sales plans')
@Controller('v1/plan-fulfilment')
export class PlanFulfilmentController {
  constructor(private readonly asking: Asking) {}

  @Get()
  @Answers('PlanFulfilment', { summary: 'Sales plans with what was achieved, one item for each target' })
  listPlanFulfilment(
    @Query() request: PlanFulfilmentRequest,
    @TheActor() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { attribution = 'posted', period, branchId, accountManagerId, territory } = request;
    const asked = {
      visibility: visibilityOf(actor),
      attribution,
      period,
      branchId,
      accountManagerId,
      territory,
      ...pageAsked(request, MOST_PLANS),
    };
    return this.asking.ask(reply, request, planFulfilmentList, asked);
  }

  @Get(':planId/events')
  @Answers('PlanEvents', {
    summary: 'The events that a plan’s figures are made of: contributions sum to what was achieved',
    single: true,
  })
  listPlanEvents(
    @Param() { planId }: PlanPath,
    @Query() request: PlanEventsRequest,
    @TheActor() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { attribution = 'posted' } = request;
    const asked = { visibility: visibilityOf(actor), attribution, planId, ...pageAsked(request) };
    return this.asking.askForOne(reply, request, planEvents, asked);
  }
}
