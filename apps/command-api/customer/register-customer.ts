import { IsBoolean, IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { SEGMENTS, type Segment } from '#kontor/contracts';
import { customer, registerCustomer } from '#kontor/domain';
import type { Answer } from '../desk/answer.js';
import { command } from '../desk/command.js';
import { Dated } from '../desk/dated.js';
import { Desk } from '../desk/desk.js';
import { noFacts } from '../desk/matter.js';
import { Example, Is, IsCode, IsCurrencyCode, IsId, IsMoney, IsReference, MoneyFields } from '../fields.js';
import { AddressFields, ContactFields, IsName, IsTaxId } from './details.js';

@Example({
  customerNumber: '17850',
  naturalPerson: false,
  name: 'Hill & Sons, drapers',
  contact: { person: 'R. Hill', email: 'hill@example.com' },
  address: { street: '1 Mill Lane', city: 'Leeds', country: 'United Kingdom' },
  currency: 'GBP',
  segment: 'retail',
  territory: 'United Kingdom',
  branchId: 'london',
  accountManagerId: 'anna',
  paymentTermDays: 30,
})
export class RegisterCustomerRequest extends Dated {
  @IsOptional() @IsId() customerId?: string;
  @IsOptional() @IsReference() customerNumber?: string;
  @IsBoolean() naturalPerson!: boolean;
  @IsName() name!: string;
  @IsOptional() @Is(() => ContactFields) contact?: ContactFields;
  @Is(() => AddressFields) address!: AddressFields;
  @IsOptional() @IsTaxId() taxId?: string;
  @IsCurrencyCode() currency!: string;
  @IsIn(SEGMENTS) segment!: Segment;
  @IsCode() territory!: string;
  @IsCode() branchId!: string;
  @IsCode() accountManagerId!: string;
  /** No limit is set if left out. */
  @IsOptional() @IsMoney() creditLimit?: MoneyFields;
  @IsOptional() @IsInt() @Min(0) @Max(365) paymentTermDays?: number;
}

export class RegisterCustomer extends command('RegisterCustomer')<RegisterCustomerRequest> {}

@CommandHandler(RegisterCustomer)
export class RegisterCustomerHandler implements ICommandHandler<RegisterCustomer> {
  constructor(private readonly desk: Desk) {}

  execute(command: RegisterCustomer): Promise<Answer> {
    const { customerId = command.idFor('customerId'), ...fields } = command.fields;
    const { branchId, accountManagerId } = fields;
    return this.desk.create(command, {
      aggregate: customer,
      id: customerId,
      ids: { customerId },
      path: `/v1/customers/${customerId}`,
      facts: noFacts,
      concern: () => ({ customerId, branchId, accountManagerId }),
      decide: (state, _facts, circumstances) =>
        registerCustomer(state, { ...fields, customerId }, circumstances),
    });
  }
}
