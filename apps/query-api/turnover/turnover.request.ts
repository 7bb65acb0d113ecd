import { IsOptional } from 'class-validator';
import { TURNOVER_KEYS, type TurnoverKey } from '#kontor/read-models';
import { FreshRequest, IsDay, IsOneOf } from '../asking/fields.js';

export class TurnoverRequest extends FreshRequest {
  @IsOneOf(TURNOVER_KEYS, 'What the sums are by')
  by!: TurnoverKey;

  @IsOptional() @IsDay('First business day that counts') from?: string;
  @IsOptional() @IsDay('Last business day that counts') to?: string;
}
