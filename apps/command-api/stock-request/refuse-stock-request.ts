import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { refuseStockRequest } from '#kontor/domain';
import type { Answer } from '../desk/answer.js';
import { command } from '../desk/command.js';
import { Dated } from '../desk/dated.js';
import { Desk } from '../desk/desk.js';
import { Example, IsWords } from '../fields.js';
import { StockRequestPath } from './stock-request.path.js';
import { onStockRequest } from './stock-request-matter.js';

@Example({ reason: 'Out of production' })
export class RefuseStockRequestRequest extends Dated {
  @IsWords() reason!: string;
}

export class RefuseStockRequest extends command('RefuseStockRequest')<
  StockRequestPath & RefuseStockRequestRequest
> {}

@CommandHandler(RefuseStockRequest)
export class RefuseStockRequestHandler implements ICommandHandler<RefuseStockRequest> {
  constructor(private readonly desk: Desk) {}

  execute(command: RefuseStockRequest): Promise<Answer> {
    const { fields } = command;
    return this.desk.change(
      command,
      onStockRequest(fields.stockRequestId, (request, circumstances) =>
        refuseStockRequest(request, fields, circumstances),
      ),
    );
  }
}
