import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Answer } from '../desk/answer.js';
import { type Call, TheCall } from '../desk/call.js';
import { Calls } from '../desk/calls.js';
import { Issues } from '../desk/issues.js';
import { RequestStock, RequestStockRequest } from './request-stock.js';
import { ConfirmStockRequest, ConfirmStockRequestRequest } from './confirm-stock-request.js';
import { StockRequestPath } from './stock-request.path.js';
import { RefuseStockRequest, RefuseStockRequestRequest } from './refuse-stock-request.js';
import { DispatchStock, DispatchStockRequest } from './dispatch-stock.js';
import { ReceiveStock, ReceiveStockRequest } from './receive-stock.js';
import { CancelStockRequest, CancelStockRequestRequest } from './cancel-stock-request.js';

@ApiTags('stock requests')
@Controller('v1/stock-requests')
export class StockRequestController {
  constructor(private readonly calls: Calls) {}

  @Post()
  @Issues(RequestStock, 'Asks a supplier for stock', 'stockRequestId')
  requestStock(@Body() body: RequestStockRequest, @TheCall() call: Call): Promise<Answer> {
    return this.calls.answer(new RequestStock(body, call));
  }

  @Post(':stockRequestId/confirmation')
  @Issues(ConfirmStockRequest, 'Promises what was requested', 'stockRequestId')
  confirmStockRequest(
    @Param() path: StockRequestPath,
    @Body() body: ConfirmStockRequestRequest,
    @TheCall() call: Call,
  ): Promise<Answer> {
    return this.calls.answer(new ConfirmStockRequest({ ...path, ...body }, call));
  }

  @Post(':stockRequestId/refusal')
  @Issues(RefuseStockRequest, 'Turns a request down', 'stockRequestId')
  refuseStockRequest(
    @Param() path: StockRequestPath,
    @Body() body: RefuseStockRequestRequest,
    @TheCall() call: Call,
  ): Promise<Answer> {
    return this.calls.answer(new RefuseStockRequest({ ...path, ...body }, call));
  }

  @Post(':stockRequestId/dispatch')
  @Issues(DispatchStock, 'Sends goods', 'stockRequestId')
  dispatchStock(
    @Param() path: StockRequestPath,
    @Body() body: DispatchStockRequest,
    @TheCall() call: Call,
  ): Promise<Answer> {
    return this.calls.answer(new DispatchStock({ ...path, ...body }, call));
  }

  @Post(':stockRequestId/receipt')
  @Issues(ReceiveStock, 'Records what arrived', 'stockRequestId')
  receiveStock(
    @Param() path: StockRequestPath,
    @Body() body: ReceiveStockRequest,
    @TheCall() call: Call,
  ): Promise<Answer> {
    return this.calls.answer(new ReceiveStock({ ...path, ...body }, call));
  }

  @Post(':stockRequestId/cancellation')
  @Issues(CancelStockRequest, 'Takes a request back', 'stockRequestId')
  cancelStockRequest(
    @Param() path: StockRequestPath,
    @Body() body: CancelStockRequestRequest,
    @TheCall() call: Call,
  ): Promise<Answer> {
    return this.calls.answer(new CancelStockRequest({ ...path, ...body }, call));
  }
}
