import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { cancelOrder } from '#kontor/domain';
import type { Answer } from '../desk/answer.js';
import { command } from '../desk/command.js';
import { Dated } from '../desk/dated.js';
import { Desk } from '../desk/desk.js';
import { Example, IsWords } from '../fields.js';
import { OrderPath } from './order.path.js';
import { onOrder } from './order-matter.js';

@Example({ reason: 'Ordered twice' })
export class CancelOrderRequest extends Dated {
  @IsWords() reason!: string;
}

export class CancelOrder extends command('CancelOrder')<OrderPath & CancelOrderRequest> {}

@CommandHandler(CancelOrder)
export class CancelOrderHandler implements ICommandHandler<CancelOrder> {
  constructor(private readonly desk: Desk) {}

  execute(command: CancelOrder): Promise<Answer> {
    const { fields } = command;
    return this.desk.change(
      command,
      onOrder(fields.orderId, (order, circumstances) => cancelOrder(order, fields, circumstances)),
    );
  }
}
