import { IsOptional } from 'class-validator';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { dispatchStock } from '#kontor/domain';
import type { Answer } from '../desk/answer.js';
import { command } from '../desk/command.js';
import { Dated } from '../desk/dated.js';
import { Desk } from '../desk/desk.js';
import { Example, IsListOf, IsWords } from '../fields.js';
import { StockRequestPath } from './stock-request.path.js';
import { onStockRequest } from './stock-request-matter.js';
import { MovedLineFields } from './lines.js';

@Example({ lines: [{ sku: '85123A', quantity: '24' }], reference: 'Van 7' })
export class DispatchStockRequest extends Dated {
  /** All that was requested and not yet dispatched if left out. */
  @IsOptional() @IsListOf(() => MovedLineFields) lines?: MovedLineFields[];
  @IsOptional() @IsWords() reference?: string;
}

export class DispatchStock extends command('DispatchStock')<StockRequestPath & DispatchStockRequest> {}

@CommandHandler(DispatchStock)
export class DispatchStockHandler implements ICommandHandler<DispatchStock> {
  constructor(private readonly desk: Desk) {}

  execute(command: DispatchStock): Promise<Answer> {
    const { fields } = command;
    return this.desk.change(
      command,
      onStockRequest(fields.stockRequestId, (request, circumstances) =>
        dispatchStock(request, fields, circumstances),
      ),
    );
  }
}
