import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { blockCustomer } from '#kontor/domain';
import type { Answer } from '../desk/answer.js';
import { command } from '../desk/command.js';
import { Dated } from '../desk/dated.js';
import { Desk } from '../desk/desk.js';
import { Example, IsWords } from '../fields.js';
import { CustomerPath } from './customer.path.js';
import { onCustomer } from './customer-matter.js';

@Example({ reason: 'Three invoices overdue' })
export class BlockCustomerRequest extends Dated {
  @IsWords() reason!: string;
}

export class BlockCustomer extends command('BlockCustomer')<CustomerPath & BlockCustomerRequest> {}

@CommandHandler(BlockCustomer)
export class BlockCustomerHandler implements ICommandHandler<BlockCustomer> {
  constructor(private readonly desk: Desk) {}

  execute(command: BlockCustomer): Promise<Answer> {
    const { fields } = command;
    return this.desk.change(
      command,
      onCustomer(fields.customerId, (customer, circumstances) =>
        blockCustomer(customer, fields, circumstances),
      ),
    );
  }
}
