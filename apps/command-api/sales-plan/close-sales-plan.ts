import { IsOptional } from 'class-validator';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { closeSalesPlan } from '#kontor/domain';
import type { Answer } from '../desk/answer.js';
import { command } from '../desk/command.js';
import { Dated } from '../desk/dated.js';
import { Desk } from '../desk/desk.js';
import { Example, IsWords } from '../fields.js';
import { SalesPlanPath } from './sales-plan.path.js';
import { onSalesPlan } from './sales-plan-matter.js';

@Example({ reason: 'The year is over' })
export class CloseSalesPlanRequest extends Dated {
  @IsOptional() @IsWords() reason?: string;
}

export class CloseSalesPlan extends command('CloseSalesPlan')<SalesPlanPath & CloseSalesPlanRequest> {}

@CommandHandler(CloseSalesPlan)
export class CloseSalesPlanHandler implements ICommandHandler<CloseSalesPlan> {
  constructor(private readonly desk: Desk) {}

  execute(command: CloseSalesPlan): Promise<Answer> {
    const { fields } = command;
    return this.desk.change(
      command,
      onSalesPlan(fields.planId, (plan, circumstances) => closeSalesPlan(plan, fields, circumstances)),
    );
  }
}
