import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { reversePayment } from '#kontor/domain';
import type { Answer } from '../desk/answer.js';
import { command } from '../desk/command.js';
import { Dated } from '../desk/dated.js';
import { Desk } from '../desk/desk.js';
import { Example, IsWords } from '../fields.js';
import { PaymentPath } from './order.path.js';
import { onOrder } from './order-matter.js';

@Example({ reason: 'The cheque bounced' })
export class ReversePaymentRequest extends Dated {
  @IsWords() reason!: string;
}

export class ReversePayment extends command('ReversePayment')<PaymentPath & ReversePaymentRequest> {}

@CommandHandler(ReversePayment)
export class ReversePaymentHandler implements ICommandHandler<ReversePayment> {
  constructor(private readonly desk: Desk) {}

  execute(command: ReversePayment): Promise<Answer> {
    const { fields } = command;
    const { orderId, paymentId } = fields;
    return this.desk.change(
      command,
      onOrder(orderId, (order, circumstances) => reversePayment(order, fields, circumstances), { paymentId }),
    );
  }
}
