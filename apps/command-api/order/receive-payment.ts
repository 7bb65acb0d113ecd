import { IsOptional } from 'class-validator';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { receivePayment } from '#kontor/domain';
import type { Answer } from '../desk/answer.js';
import { command } from '../desk/command.js';
import { Dated } from '../desk/dated.js';
import { Desk } from '../desk/desk.js';
import { Example, IsCode, IsId, IsMoney, IsWords, MoneyFields } from '../fields.js';
import { OrderPath } from './order.path.js';
import { onOrder } from './order-matter.js';

@Example({ amount: { amount: 3534, currency: 'GBP' }, method: 'bank-transfer', reference: 'TR 4711' })
export class ReceivePaymentRequest extends Dated {
  @IsOptional() @IsId() paymentId?: string;
  @IsMoney() amount!: MoneyFields;
  @IsCode() method!: string;
  @IsOptional() @IsWords() reference?: string;
}

export class ReceivePayment extends command('ReceivePayment')<OrderPath & ReceivePaymentRequest> {}

@CommandHandler(ReceivePayment)
export class ReceivePaymentHandler implements ICommandHandler<ReceivePayment> {
  constructor(private readonly desk: Desk) {}

  execute(command: ReceivePayment): Promise<Answer> {
    const { paymentId = command.idFor('paymentId'), ...fields } = command.fields;
    return this.desk.change(
      command,
      onOrder(
        fields.orderId,
        (order, circumstances) => receivePayment(order, { ...fields, paymentId }, circumstances),
        { paymentId },
      ),
    );
  }
}
