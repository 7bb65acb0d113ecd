import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor } from '#kontor/contracts';
import type { EventLog } from '#kontor/event-store';
import { oneOrder, visibilityOf } from '#kontor/read-models';
import { Problem, TheActor } from '#kontor/service';
import { Asking } from '../asking/asking.js';
import { EVENT_LOG, unavailableUnless } from '../asking/event-log.js';
import { momentOf } from '../asking/moment.js';
import { Answers } from '../open-api/answers.js';
import { OrderPath, OrderRequest } from './orders.request.js';
import { pastOrder } from './past-order.js';

@ApiTags('orders')
@Controller('v1/orders')
export class OrdersController {
  constructor(
    private readonly asking: Asking,
    @Inject(EVENT_LOG) private readonly log: EventLog,
  ) {}

  @Get(':orderId')
  @Answers('Order', {
    summary: 'An order with its lines, discounts, payments, issues and returns, also as of a past moment',
    single: true,
  })
  async getOrder(
    @Param() { orderId }: OrderPath,
    @Query() request: OrderRequest,
    @TheActor() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const asked = { visibility: visibilityOf(actor), orderId };
    const now = await this.asking.askForOne(reply, request, oneOrder, asked);
    const moment = momentOf(request.asOf);
    const order = moment ? await unavailableUnless(pastOrder(this.log, now.orderId, moment)) : now;
    if (!order) throw Problem.notFound('The order had not been placed by then.');
    void reply.header('etag', `"${order.revision}"`);
    return order;
  }
}
