import { IsOptional } from 'class-validator';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { returnGoods } from '#kontor/domain';
import type { Answer } from '../desk/answer.js';
import { command } from '../desk/command.js';
import { Dated } from '../desk/dated.js';
import { Desk } from '../desk/desk.js';
import { Example, IsId, IsListOf, IsWords } from '../fields.js';
import { OrderPath } from './order.path.js';
import { onOrder } from './order-matter.js';
import { LineQuantityFields } from './lines.js';

@Example({ lines: [{ lineId: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff', quantity: '2' }], reason: 'Damaged' })
export class ReturnGoodsRequest extends Dated {
  @IsOptional() @IsId() returnId?: string;
  @IsListOf(() => LineQuantityFields) lines!: LineQuantityFields[];
  @IsWords() reason!: string;
}

export class ReturnGoods extends command('ReturnGoods')<OrderPath & ReturnGoodsRequest> {}

@CommandHandler(ReturnGoods)
export class ReturnGoodsHandler implements ICommandHandler<ReturnGoods> {
  constructor(private readonly desk: Desk) {}

  execute(command: ReturnGoods): Promise<Answer> {
    const { returnId = command.idFor('returnId'), ...fields } = command.fields;
    return this.desk.change(
      command,
      onOrder(
        fields.orderId,
        (order, circumstances) => returnGoods(order, { ...fields, returnId }, circumstances),
        { returnId },
      ),
    );
  }
}
