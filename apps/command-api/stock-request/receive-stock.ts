import { IsOptional } from 'class-validator';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { receiveStock } from '#kontor/domain';
import type { Answer } from '../desk/answer.js';
import { command } from '../desk/command.js';
import { Dated } from '../desk/dated.js';
import { Desk } from '../desk/desk.js';
import { Example, IsListOf, IsWords } from '../fields.js';
import { StockRequestPath } from './stock-request.path.js';
import { onStockRequest } from './stock-request-matter.js';
import { MovedLineFields } from './lines.js';

@Example({ remark: 'Complete' })
export class ReceiveStockRequest extends Dated {
  /** All that was dispatched and not yet received if left out. */
  @IsOptional() @IsListOf(() => MovedLineFields) lines?: MovedLineFields[];
  @IsOptional() @IsWords() remark?: string;
}

export class ReceiveStock extends command('ReceiveStock')<StockRequestPath & ReceiveStockRequest> {}

@CommandHandler(ReceiveStock)
export class ReceiveStockHandler implements ICommandHandler<ReceiveStock> {
  constructor(private readonly desk: Desk) {}

  execute(command: ReceiveStock): Promise<Answer> {
    const { fields } = command;
    return this.desk.change(
      command,
      onStockRequest(fields.stockRequestId, (request, circumstances) =>
        receiveStock(request, fields, circumstances),
      ),
    );
  }
}
