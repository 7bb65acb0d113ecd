import { IsOptional } from 'class-validator';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { reassignCustomer } from '#kontor/domain';
import type { Answer } from '../desk/answer.js';
import { command } from '../desk/command.js';
import { Dated } from '../desk/dated.js';
import { Desk } from '../desk/desk.js';
import { Example, IsCode, IsWords } from '../fields.js';
import { CustomerPath } from './customer.path.js';
import { onCustomer } from './customer-matter.js';

@Example({ accountManagerId: 'ben', reason: 'Anna is on leave' })
export class ReassignCustomerRequest extends Dated {
  @IsCode() accountManagerId!: string;
  /** The present branch if left out. */
  @IsOptional() @IsCode() branchId?: string;
  @IsWords() reason!: string;
}

export class ReassignCustomer extends command('ReassignCustomer')<CustomerPath & ReassignCustomerRequest> {}

@CommandHandler(ReassignCustomer)
export class ReassignCustomerHandler implements ICommandHandler<ReassignCustomer> {
  constructor(private readonly desk: Desk) {}

  execute(command: ReassignCustomer): Promise<Answer> {
    const { fields } = command;
    return this.desk.change(
      command,
      onCustomer(
        fields.customerId,
        (customer, circumstances) => reassignCustomer(customer, fields, circumstances),
        fields.branchId,
      ),
    );
  }
}
