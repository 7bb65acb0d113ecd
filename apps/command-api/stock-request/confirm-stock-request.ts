import { IsOptional } from 'class-validator';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { confirmStockRequest } from '#kontor/domain';
import type { Answer } from '../desk/answer.js';
import { command } from '../desk/command.js';
import { Dated } from '../desk/dated.js';
import { Desk } from '../desk/desk.js';
import { Example, IsDay } from '../fields.js';
import { StockRequestPath } from './stock-request.path.js';
import { onStockRequest } from './stock-request-matter.js';

@Example({ promisedFor: '2011-11-30' })
export class ConfirmStockRequestRequest extends Dated {
  @IsOptional() @IsDay() promisedFor?: string;
}

export class ConfirmStockRequest extends command('ConfirmStockRequest')<
  StockRequestPath & ConfirmStockRequestRequest
> {}

@CommandHandler(ConfirmStockRequest)
export class ConfirmStockRequestHandler implements ICommandHandler<ConfirmStockRequest> {
  constructor(private readonly desk: Desk) {}

  execute(command: ConfirmStockRequest): Promise<Answer> {
    const { fields } = command;
    return this.desk.change(
      command,
      onStockRequest(fields.stockRequestId, (request, circumstances) =>
        confirmStockRequest(request, fields, circumstances),
      ),
    );
  }
}
