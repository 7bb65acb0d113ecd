import { IsOptional } from 'class-validator';
import { IsCode, IsMoney, MoneyFields } from '../fields.js';

/** What is to be reached, for one product group or, without one, for all. */
export class TargetFields {
  @IsOptional() @IsCode() productGroup?: string;
  @IsMoney() target!: MoneyFields;
}
