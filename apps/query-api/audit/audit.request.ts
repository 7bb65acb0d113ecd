import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';
import {
  FreshRequest,
  IsCode,
  IsDay,
  IsId,
  IsOneOf,
  IsPosition,
  IsWords,
  PageRequest,
} from '../asking/fields.js';

export class AuditActionsRequest extends PageRequest {
  @IsOptional() @IsCode() actorId?: string;
  @IsOptional() @IsCode() onBehalfOf?: string;
  @IsOptional() @IsId() customerId?: string;
  @IsOptional() @IsId() orderId?: string;

  @IsOptional()
  @IsWords(100)
  @JSONSchema({
    description: 'An event’s type; of refused actions, the command’s name',
    examples: ['DiscountGranted'],
  })
  type?: string;

  @IsOptional() @IsOneOf(['accepted', 'refused'], 'With which result') outcome?: 'accepted' | 'refused';
  @IsOptional() @IsDay('First business day that counts') from?: string;
  @IsOptional() @IsDay('Last business day that counts') to?: string;
}

export class AuditEventsRequest extends FreshRequest {
  @IsOptional() @IsPosition('Only events after this position: that of the last line one has') after?: string;

  @IsOptional()
  @IsWords(200)
  @JSONSchema({
    description: 'Only events of this stream',
    examples: ['order-6f9619ff-8b86-4d01-b42d-00cf4fc964ff'],
  })
  stream?: string;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  @JSONSchema({ description: 'At most so many lines; all if left out' })
  limit?: number;
}
