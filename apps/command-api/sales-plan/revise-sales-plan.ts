import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { reviseSalesPlan } from '#kontor/domain';
import type { Answer } from '../desk/answer.js';
import { command } from '../desk/command.js';
import { Dated } from '../desk/dated.js';
import { Desk } from '../desk/desk.js';
import { Example, IsListOf, IsWords } from '../fields.js';
import { SalesPlanPath } from './sales-plan.path.js';
import { onSalesPlan } from './sales-plan-matter.js';
import { TargetFields } from './targets.js';

@Example({ targets: [{ target: { amount: 2800000, currency: 'GBP' } }], reason: 'A new key account' })
export class ReviseSalesPlanRequest extends Dated {
  @IsListOf(() => TargetFields) targets!: TargetFields[];
  @IsWords() reason!: string;
}

export class ReviseSalesPlan extends command('ReviseSalesPlan')<SalesPlanPath & ReviseSalesPlanRequest> {}

@CommandHandler(ReviseSalesPlan)
export class ReviseSalesPlanHandler implements ICommandHandler<ReviseSalesPlan> {
  constructor(private readonly desk: Desk) {}

  execute(command: ReviseSalesPlan): Promise<Answer> {
    const { fields } = command;
    return this.desk.change(
      command,
      onSalesPlan(fields.planId, (plan, circumstances) => reviseSalesPlan(plan, fields, circumstances)),
    );
  }
}
