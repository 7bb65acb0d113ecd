import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { setCreditTerms } from '#kontor/domain';
import type { Answer } from '../desk/answer.js';
import { command } from '../desk/command.js';
import { Dated } from '../desk/dated.js';
import { Desk } from '../desk/desk.js';
import { Example, IsMoney, MoneyFields } from '../fields.js';
import { CustomerPath } from './customer.path.js';
import { onCustomer } from './customer-matter.js';

@Example({ creditLimit: { amount: 500000, currency: 'GBP' }, paymentTermDays: 14 })
export class SetCreditTermsRequest extends Dated {
  /** No limit is set if left out. */
  @IsOptional() @IsMoney() creditLimit?: MoneyFields;
  @IsInt() @Min(0) @Max(365) paymentTermDays!: number;
}

export class SetCreditTerms extends command('SetCreditTerms')<CustomerPath & SetCreditTermsRequest> {}

@CommandHandler(SetCreditTerms)
export class SetCreditTermsHandler implements ICommandHandler<SetCreditTerms> {
  constructor(private readonly desk: Desk) {}

  execute(command: SetCreditTerms): Promise<Answer> {
    const { fields } = command;
    return this.desk.change(
      command,
      onCustomer(fields.customerId, (customer, circumstances) =>
        setCreditTerms(customer, fields, circumstances),
      ),
    );
  }
}
