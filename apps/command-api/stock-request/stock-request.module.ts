import { Module } from '@nestjs/common';
import { StockRequestController } from './stock-request.controller.js';
import { RequestStockHandler } from './request-stock.js';
import { ConfirmStockRequestHandler } from './confirm-stock-request.js';
import { RefuseStockRequestHandler } from './refuse-stock-request.js';
import { DispatchStockHandler } from './dispatch-stock.js';
import { ReceiveStockHandler } from './receive-stock.js';
import { CancelStockRequestHandler } from './cancel-stock-request.js';

@Module({
  controllers: [StockRequestController],
  providers: [
    RequestStockHandler,
    ConfirmStockRequestHandler,
    RefuseStockRequestHandler,
    DispatchStockHandler,
    ReceiveStockHandler,
    CancelStockRequestHandler,
  ],
})
export class StockRequestModule {}
