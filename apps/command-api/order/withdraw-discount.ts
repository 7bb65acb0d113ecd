import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { withdrawDiscount } from '#kontor/domain';
import type { Answer } from '../desk/answer.js';
import { command } from '../desk/command.js';
import { Dated } from '../desk/dated.js';
import { Desk } from '../desk/desk.js';
import { Example, IsWords } from '../fields.js';
import { DiscountPath } from './order.path.js';
import { onOrder } from './order-matter.js';

@Example({ reason: 'Granted by mistake' })
export class WithdrawDiscountRequest extends Dated {
  @IsWords() reason!: string;
}

export class WithdrawDiscount extends command('WithdrawDiscount')<DiscountPath & WithdrawDiscountRequest> {}

@CommandHandler(WithdrawDiscount)
export class WithdrawDiscountHandler implements ICommandHandler<WithdrawDiscount> {
  constructor(private readonly desk: Desk) {}

  execute(command: WithdrawDiscount): Promise<Answer> {
    const { fields } = command;
    const { orderId, discountId } = fields;
    return this.desk.change(
      command,
      onOrder(orderId, (order, circumstances) => withdrawDiscount(order, fields, circumstances), {
        discountId,
      }),
    );
  }
}
