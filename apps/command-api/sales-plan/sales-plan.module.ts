import { Module } from '@nestjs/common';
import { SalesPlanController } from './sales-plan.controller.js';
import { SetSalesPlanHandler } from './set-sales-plan.js';
import { ReviseSalesPlanHandler } from './revise-sales-plan.js';
import { CloseSalesPlanHandler } from './close-sales-plan.js';

@Module({
  controllers: [SalesPlanController],
  providers: [SetSalesPlanHandler, ReviseSalesPlanHandler, CloseSalesPlanHandler],
})
export class SalesPlanModule {}
