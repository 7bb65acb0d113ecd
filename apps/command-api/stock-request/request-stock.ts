import { IsIn, IsOptional } from 'class-validator';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { STOCK_REQUEST_REASONS, SUPPLIERS, type StockRequestReason, type Supplier } from '#kontor/contracts';
import { requestStock, stockRequest } from '#kontor/domain';
import type { Answer } from '../desk/answer.js';
import { command } from '../desk/command.js';
import { Dated } from '../desk/dated.js';
import { Desk } from '../desk/desk.js';
import { Example, IsCode, IsDay, IsId, IsListOf } from '../fields.js';
import { RequestedLineFields } from './lines.js';
import { concernOf, customerOfOrder } from './stock-request-matter.js';

@Example({
  branchId: 'london',
  supplier: 'central-warehouse',
  lines: [{ sku: '85123A', quantity: '48' }],
  neededBy: '2011-12-01',
  reason: 'replenishment',
})
export class RequestStockRequest extends Dated {
  @IsOptional() @IsId() stockRequestId?: string;
  @IsCode() branchId!: string;
  @IsIn(SUPPLIERS) supplier!: Supplier;
  /** The order that the stock is for. */
  @IsOptional() @IsId() orderId?: string;
  @IsListOf(() => RequestedLineFields) lines!: RequestedLineFields[];
  @IsDay() neededBy!: string;
  @IsIn(STOCK_REQUEST_REASONS) reason!: StockRequestReason;
}

export class RequestStock extends command('RequestStock', ['orderId'])<RequestStockRequest> {}

@CommandHandler(RequestStock)
export class RequestStockHandler implements ICommandHandler<RequestStock> {
  constructor(private readonly desk: Desk) {}

  execute(command: RequestStock): Promise<Answer> {
    const { stockRequestId = command.idFor('stockRequestId'), ...fields } = command.fields;
    const { branchId, orderId } = fields;
    return this.desk.create(command, {
      aggregate: stockRequest,
      id: stockRequestId,
      ids: { stockRequestId },
      path: `/v1/stock-requests/${stockRequestId}`,
      facts: (find) => customerOfOrder(find, orderId),
      concern: (forOrder) => concernOf(branchId, orderId, forOrder),
      decide: (state, _facts, circumstances) =>
        requestStock(state, { ...fields, stockRequestId }, circumstances),
    });
  }
}
