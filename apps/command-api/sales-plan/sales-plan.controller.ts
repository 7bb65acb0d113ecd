import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Answer } from '../desk/answer.js';
import { type Call, TheCall } from '../desk/call.js';
import { Calls } from '../desk/calls.js';
import { Issues } from '../desk/issues.js';
import { SetSalesPlan, SetSalesPlanRequest } from './set-sales-plan.js';
import { ReviseSalesPlan, ReviseSalesPlanRequest } from './revise-sales-plan.js';
import { SalesPlanPath } from './sales-plan.path.js';
import { CloseSalesPlan, CloseSalesPlanRequest } from './close-sales-plan.js';

@ApiTags('sales plans')
@Controller('v1/sales-plans')
export class SalesPlanController {
  constructor(private readonly calls: Calls) {}

  @Post()
  @Issues(SetSalesPlan, 'Sets targets for a scope and a period', 'planId')
  setSalesPlan(@Body() body: SetSalesPlanRequest, @TheCall() call: Call): Promise<Answer> {
    return this.calls.answer(new SetSalesPlan(body, call));
  }

  @Post(':planId/revisions')
  @Issues(ReviseSalesPlan, 'Replaces the targets; the original ones stay on record', 'planId')
  reviseSalesPlan(
    @Param() path: SalesPlanPath,
    @Body() body: ReviseSalesPlanRequest,
    @TheCall() call: Call,
  ): Promise<Answer> {
    return this.calls.answer(new ReviseSalesPlan({ ...path, ...body }, call));
  }

  @Post(':planId/closing')
  @Issues(CloseSalesPlan, 'Takes no more revisions', 'planId')
  closeSalesPlan(
    @Param() path: SalesPlanPath,
    @Body() body: CloseSalesPlanRequest,
    @TheCall() call: Call,
  ): Promise<Answer> {
    return this.calls.answer(new CloseSalesPlan({ ...path, ...body }, call));
  }
}
