import { IsIn, IsOptional } from 'class-validator';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { PLAN_MEASURES, PLAN_SCOPE_KINDS, type PlanMeasure, type PlanScopeKind } from '#kontor/contracts';
import { salesPlan, setSalesPlan } from '#kontor/domain';
import type { Answer } from '../desk/answer.js';
import { command } from '../desk/command.js';
import { Dated } from '../desk/dated.js';
import { Desk } from '../desk/desk.js';
import { noFacts } from '../desk/matter.js';
import { Example, Is, IsCode, IsCurrencyCode, IsId, IsListOf, IsPeriod } from '../fields.js';
import { TargetFields } from './targets.js';

/** Whose sales count. */
export class PlanScopeFields {
  @IsIn(PLAN_SCOPE_KINDS) kind!: PlanScopeKind;
  @IsCode() id!: string;
}

@Example({
  scope: { kind: 'account-manager', id: 'anna' },
  branchId: 'london',
  period: '2011-11',
  measure: 'ordered',
  currency: 'GBP',
  targets: [{ target: { amount: 2500000, currency: 'GBP' } }],
})
export class SetSalesPlanRequest extends Dated {
  @IsOptional() @IsId() planId?: string;
  @Is(() => PlanScopeFields) scope!: PlanScopeFields;
  /** A branch's plan may leave it out, an account manager's must have it. */
  @IsOptional() @IsCode() branchId?: string;
  @IsPeriod() period!: string;
  @IsIn(PLAN_MEASURES) measure!: PlanMeasure;
  @IsCurrencyCode() currency!: string;
  @IsListOf(() => TargetFields) targets!: TargetFields[];
}

export class SetSalesPlan extends command('SetSalesPlan')<SetSalesPlanRequest> {}

@CommandHandler(SetSalesPlan)
export class SetSalesPlanHandler implements ICommandHandler<SetSalesPlan> {
  constructor(private readonly desk: Desk) {}

  execute(command: SetSalesPlan): Promise<Answer> {
    const { planId = command.idFor('planId'), ...fields } = command.fields;
    const { scope, branchId = scope.kind === 'branch' ? scope.id : undefined } = fields;
    return this.desk.create(command, {
      aggregate: salesPlan,
      id: planId,
      ids: { planId },
      path: `/v1/sales-plans/${planId}`,
      facts: noFacts,
      concern: () => (branchId === undefined ? {} : { branchId }),
      decide: (state, _facts, circumstances) => setSalesPlan(state, { ...fields, planId }, circumstances),
    });
  }
}
