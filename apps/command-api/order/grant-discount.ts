import { IsOptional } from 'class-validator';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { grantDiscount } from '#kontor/domain';
import type { Answer } from '../desk/answer.js';
import { command } from '../desk/command.js';
import { Dated } from '../desk/dated.js';
import { Desk } from '../desk/desk.js';
import { Policy } from '../policy.js';
import { Example, IsBasisPoints, IsDiscountScope, IsId, IsMoney, IsWords, MoneyFields } from '../fields.js';
import { OrderPath } from './order.path.js';
import { onOrder } from './order-matter.js';

@Example({ rate: 500, reason: 'Regular customer' })
export class GrantDiscountRequest extends Dated {
  @IsOptional() @IsId() discountId?: string;
  /** The id of a line; the whole order if left out. */
  @IsOptional() @IsDiscountScope() scope?: string;
  /** Either a rate or an amount. */
  @IsOptional() @IsBasisPoints() rate?: number;
  @IsOptional() @IsMoney() amount?: MoneyFields;
  @IsWords() reason!: string;
}

export class GrantDiscount extends command('GrantDiscount')<OrderPath & GrantDiscountRequest> {}

@CommandHandler(GrantDiscount)
export class GrantDiscountHandler implements ICommandHandler<GrantDiscount> {
  constructor(
    private readonly desk: Desk,
    private readonly policy: Policy,
  ) {}

  execute(command: GrantDiscount): Promise<Answer> {
    const { discountId = command.idFor('discountId'), ...fields } = command.fields;
    return this.desk.change(
      command,
      onOrder(
        fields.orderId,
        (order, circumstances) =>
          grantDiscount(
            order,
            { ...fields, discountId },
            { ...circumstances, policy: this.policy.discounts },
          ),
        { discountId },
      ),
    );
  }
}
