import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor } from '#kontor/contracts';
import {
  customerList,
  customerProducts,
  oneCustomer,
  salesHistory,
  visibilityOf,
  type Zones,
} from '#kontor/read-models';
import { TheActor } from '#kontor/service';
import { Asking } from '../asking/asking.js';
import { FreshRequest, pageAsked } from '../asking/fields.js';
import { momentOf } from '../asking/moment.js';
import { Answers } from '../open-api/answers.js';
import { CustomerPath, CustomersRequest, ProductsRequest, SalesHistoryRequest } from './customers.request.js';

/** The token by which the branches' time zones are injected. */
export const ZONES = Symbol('zones');

@ApiTags('customers')
@Controller('v1/customers')
export class CustomersController {
  constructor(
    private readonly asking: Asking,
    @Inject(ZONES) private readonly zones: Zones,
  ) {}

  @Get()
  @Answers('Customers', { summary: 'Customers by name' })
  listCustomers(
    @Query() request: CustomersRequest,
    @TheActor() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { branchId, accountManagerId, q } = request;
    const asked = {
      visibility: visibilityOf(actor),
      branchId,
      accountManagerId,
      q,
      ...pageAsked(request),
    };
    return this.asking.ask(reply, request, customerList, asked);
  }

  @Get(':customerId')
  @Answers('Customer', { summary: 'A customer as known now', single: true })
  async getCustomer(
    @Param() { customerId }: CustomerPath,
    @Query() request: FreshRequest,
    @TheActor() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const asked = { visibility: visibilityOf(actor), customerId };
    const customer = await this.asking.askForOne(reply, request, oneCustomer, asked);
    void reply.header('etag', `"${customer.revision}"`);
    return customer;
  }

  @Get(':customerId/sales-history')
  @Answers('SalesHistory', {
    summary: 'What was sold to a customer, what they paid and what they owe, also as of a past moment',
    single: true,
  })
  getSalesHistory(
    @Param() { customerId }: CustomerPath,
    @Query() request: SalesHistoryRequest,
    @TheActor() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const asked = {
      visibility: visibilityOf(actor),
      customerId,
      from: request.from,
      to: request.to,
      asOf: momentOf(request.asOf),
      recordedUntil: momentOf(request.recordedUntil),
      zones: this.zones,
      ...pageAsked(request),
    };
    return this.asking.askForOne(reply, request, salesHistory, asked);
  }

  @Get(':customerId/products')
  @Answers('CustomerProducts', {
    summary: 'What a customer buys, the greatest turnover first',
    single: true,
  })
  listCustomerProducts(
    @Param() { customerId }: CustomerPath,
    @Query() request: ProductsRequest,
    @TheActor() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { from, to } = request;
    const asked = { visibility: visibilityOf(actor), customerId, from, to, ...pageAsked(request) };
    return this.asking.askForOne(reply, request, customerProducts, asked);
  }
}
