import { IsOptional } from 'class-validator';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { creditNote, customer, issueCreditNote } from '#kontor/domain';
import type { Answer } from '../desk/answer.js';
import { command } from '../desk/command.js';
import { Dated } from '../desk/dated.js';
import { Desk } from '../desk/desk.js';
import { Missing } from '../desk/matter.js';
import {
  Example,
  IsCode,
  IsDescription,
  IsId,
  IsListOf,
  IsMoney,
  IsQuantity,
  IsReference,
  IsUnit,
  IsUnitPrice,
  IsWords,
  MoneyFields,
} from '../fields.js';

export class CreditedLineFields {
  @IsOptional() @IsId() lineId?: string;
  @IsReference() sku!: string;
  @IsOptional() @IsDescription() description?: string;
  @IsOptional() @IsCode() productGroup?: string;
  @IsQuantity() quantity!: string;
  /** `pcs` if left out. */
  @IsOptional() @IsUnit() unit?: string;
  @IsUnitPrice() unitPrice!: string;
}

@Example({
  creditNoteNumber: 'C536379',
  customerId: '0f8fad5b-d9cb-469f-a165-70867728950e',
  reason: 'Goods of last year, returned',
  lines: [{ sku: '22632', description: 'Hand warmer', quantity: '1', unitPrice: '1.85' }],
})
export class IssueCreditNoteRequest extends Dated {
  @IsOptional() @IsId() creditNoteId?: string;
  @IsOptional() @IsReference() creditNoteNumber?: string;
  @IsId() customerId!: string;
  /** The customer's if left out. */
  @IsOptional() @IsCode() territory?: string;
  @IsWords() reason!: string;
  /** Either an amount or lines. */
  @IsOptional() @IsMoney() amount?: MoneyFields;
  @IsOptional() @IsListOf(() => CreditedLineFields) lines?: CreditedLineFields[];
}

export class IssueCreditNote extends command('IssueCreditNote', ['customerId'])<IssueCreditNoteRequest> {}

@CommandHandler(IssueCreditNote)
export class IssueCreditNoteHandler implements ICommandHandler<IssueCreditNote> {
  constructor(private readonly desk: Desk) {}

  execute(command: IssueCreditNote): Promise<Answer> {
    const { creditNoteId = command.idFor('creditNoteId'), customerId, ...fields } = command.fields;
    return this.desk.create(command, {
      aggregate: creditNote,
      id: creditNoteId,
      ids: { creditNoteId },
      path: `/v1/credit-notes/${creditNoteId}`,
      facts: async (find) => {
        const found = await find(customer, customerId);
        return found instanceof Missing ? found : { customer: found };
      },
      concern: ({ customer: { branchId, accountManagerId } }) => ({
        customerId,
        branchId,
        customerManagerId: accountManagerId,
      }),
      decide: (state, facts, circumstances) =>
        issueCreditNote(
          state,
          { ...fields, creditNoteId, customerId },
          { ...circumstances, ...facts, ...command.lineIds },
        ),
    });
  }
}
