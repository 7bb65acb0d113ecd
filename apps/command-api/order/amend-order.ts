import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { amendOrder } from '#kontor/domain';
import type { Answer } from '../desk/answer.js';
import { command } from '../desk/command.js';
import { Dated } from '../desk/dated.js';
import { Desk } from '../desk/desk.js';
import { Policy } from '../policy.js';
import { Example, IsListOf, IsWords } from '../fields.js';
import { OrderPath } from './order.path.js';
import { onOrder } from './order-matter.js';
import { OrderedLineFields } from './lines.js';

@Example({ lines: [{ sku: '85123A', quantity: '8', unitPrice: '2.55' }], reason: 'Two more' })
export class AmendOrderRequest extends Dated {
  /** The complete new lines; one that stays keeps its id. */
  @IsListOf(() => OrderedLineFields) lines!: OrderedLineFields[];
  @IsWords() reason!: string;
}

export class AmendOrder extends command('AmendOrder')<OrderPath & AmendOrderRequest> {}

@CommandHandler(AmendOrder)
export class AmendOrderHandler implements ICommandHandler<AmendOrder> {
  constructor(
    private readonly desk: Desk,
    private readonly policy: Policy,
  ) {}

  execute(command: AmendOrder): Promise<Answer> {
    const { fields } = command;
    return this.desk.change(
      command,
      onOrder(fields.orderId, (order, circumstances) =>
        amendOrder(order, fields, { ...circumstances, policy: this.policy.discounts, ...command.lineIds }),
      ),
    );
  }
}
