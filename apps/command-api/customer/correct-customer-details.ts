import { IsOptional } from 'class-validator';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { correctCustomerDetails } from '#kontor/domain';
import type { Answer } from '../desk/answer.js';
import { command } from '../desk/command.js';
import { Dated } from '../desk/dated.js';
import { Desk } from '../desk/desk.js';
import { Example, Is, IsReference } from '../fields.js';
import { CustomerPath } from './customer.path.js';
import { onCustomer } from './customer-matter.js';
import { AddressFields, ContactFields, IsName, IsTaxId } from './details.js';

@Example(
  { name: 'Hill & Daughters, drapers' },
  { needsOneOf: ['customerNumber', 'name', 'contact', 'address', 'taxId'] },
)
export class CorrectCustomerDetailsRequest extends Dated {
  @IsOptional() @IsReference() customerNumber?: string;
  @IsOptional() @IsName() name?: string;
  /** Replaces the former one as a whole. */
  @IsOptional() @Is(() => ContactFields) contact?: ContactFields;
  /** Replaces the former one as a whole. */
  @IsOptional() @Is(() => AddressFields) address?: AddressFields;
  @IsOptional() @IsTaxId() taxId?: string;
}

export class CorrectCustomerDetails extends command('CorrectCustomerDetails')<
  CustomerPath & CorrectCustomerDetailsRequest
> {}

@CommandHandler(CorrectCustomerDetails)
export class CorrectCustomerDetailsHandler implements ICommandHandler<CorrectCustomerDetails> {
  constructor(private readonly desk: Desk) {}

  execute(command: CorrectCustomerDetails): Promise<Answer> {
    const { fields } = command;
    return this.desk.change(
      command,
      onCustomer(fields.customerId, (customer, circumstances) =>
        correctCustomerDetails(customer, fields, circumstances),
      ),
    );
  }
}
