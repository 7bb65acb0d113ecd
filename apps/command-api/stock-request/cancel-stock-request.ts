import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { cancelStockRequest } from '#kontor/domain';
import type { Answer } from '../desk/answer.js';
import { command } from '../desk/command.js';
import { Dated } from '../desk/dated.js';
import { Desk } from '../desk/desk.js';
import { Example, IsWords } from '../fields.js';
import { StockRequestPath } from './stock-request.path.js';
import { onStockRequest } from './stock-request-matter.js';

@Example({ reason: 'The customer cancelled' })
export class CancelStockRequestRequest extends Dated {
  @IsWords() reason!: string;
}

export class CancelStockRequest extends command('CancelStockRequest')<
  StockRequestPath & CancelStockRequestRequest
> {}

@CommandHandler(CancelStockRequest)
export class CancelStockRequestHandler implements ICommandHandler<CancelStockRequest> {
  constructor(private readonly desk: Desk) {}

  execute(command: CancelStockRequest): Promise<Answer> {
    const { fields } = command;
    return this.desk.change(
      command,
      onStockRequest(fields.stockRequestId, (request, circumstances) =>
        cancelStockRequest(request, fields, circumstances),
      ),
    );
  }
}
