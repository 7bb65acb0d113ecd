import { IsOptional } from 'class-validator';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { issueGoods } from '#kontor/domain';
import type { Answer } from '../desk/answer.js';
import { command } from '../desk/command.js';
import { Dated } from '../desk/dated.js';
import { Desk } from '../desk/desk.js';
import { Example, IsId, IsListOf, IsWords } from '../fields.js';
import { OrderPath } from './order.path.js';
import { onOrder } from './order-matter.js';
import { LineQuantityFields } from './lines.js';

@Example({ lines: [{ lineId: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff', quantity: '6' }] })
export class IssueGoodsRequest extends Dated {
  @IsOptional() @IsId() issueId?: string;
  @IsListOf(() => LineQuantityFields) lines!: LineQuantityFields[];
  @IsOptional() @IsWords() reference?: string;
}

export class IssueGoods extends command('IssueGoods')<OrderPath & IssueGoodsRequest> {}

@CommandHandler(IssueGoods)
export class IssueGoodsHandler implements ICommandHandler<IssueGoods> {
  constructor(private readonly desk: Desk) {}

  execute(command: IssueGoods): Promise<Answer> {
    const { issueId = command.idFor('issueId'), ...fields } = command.fields;
    return this.desk.change(
      command,
      onOrder(
        fields.orderId,
        (order, circumstances) => issueGoods(order, { ...fields, issueId }, circumstances),
        { issueId },
      ),
    );
  }
}
