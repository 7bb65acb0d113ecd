import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor } from '#kontor/contracts';
import { stockRequestList, stockVisibilityOf } from '#kontor/read-models';
import { TheActor } from '#kontor/service';
import { Asking } from '../asking/asking.js';
import { pageAsked } from '../asking/fields.js';
import { Answers } from '../open-api/answers.js';
import { StockRequestsRequest } from './stock-requests.request.js';

@ApiTags('stock requests')
@Controller('v1/stock-requests')
export class StockRequestsController {
  constructor(private readonly asking: Asking) {}

  @Get()
  @Answers('StockRequests', { summary: 'Stock requests in the order in which they were made' })
  listStockRequests(
    @Query() request: StockRequestsRequest,
    @TheActor() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { branchId, status } = request;
    const asked = { visibility: stockVisibilityOf(actor), branchId, status, ...pageAsked(request) };
    return this.asking.ask(reply, request, stockRequestList, asked);
  }
}
