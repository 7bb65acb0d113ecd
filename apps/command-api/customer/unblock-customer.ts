import { IsOptional } from 'class-validator';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { unblockCustomer } from '#kontor/domain';
import type { Answer } from '../desk/answer.js';
import { command } from '../desk/command.js';
import { Dated } from '../desk/dated.js';
import { Desk } from '../desk/desk.js';
import { Example, IsWords } from '../fields.js';
import { CustomerPath } from './customer.path.js';
import { onCustomer } from './customer-matter.js';

@Example({ reason: 'Paid' })
export class UnblockCustomerRequest extends Dated {
  @IsOptional() @IsWords() reason?: string;
}

export class UnblockCustomer extends command('UnblockCustomer')<CustomerPath & UnblockCustomerRequest> {}

@CommandHandler(UnblockCustomer)
export class UnblockCustomerHandler implements ICommandHandler<UnblockCustomer> {
  constructor(private readonly desk: Desk) {}

  execute(command: UnblockCustomer): Promise<Answer> {
    const { fields } = command;
    return this.desk.change(
      command,
      onCustomer(fields.customerId, (customer, circumstances) =>
        unblockCustomer(customer, fields, circumstances),
      ),
    );
  }
}
