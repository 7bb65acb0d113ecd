import { IsOptional } from 'class-validator';
import { ATTRIBUTIONS, type Attribution } from '#kontor/read-models';
import { IsCode, IsId, IsOneOf, IsPeriod, PageRequest } from '../asking/fields.js';

export class PlanPath {
  @IsId()
  planId!: string;
}

export class PlanEventsRequest extends PageRequest {
  @IsOptional()
  @IsOneOf(ATTRIBUTIONS, 'By the account manager on the event (posted, the default), or the customer’s now')
  attribution?: Attribution;
}

export class PlanFulfilmentRequest extends PlanEventsRequest {
  @IsOptional() @IsPeriod() period?: string;
  @IsOptional() @IsCode() branchId?: string;
  @IsOptional() @IsCode() accountManagerId?: string;
  @IsOptional() @IsCode() territory?: string;
}
