import { IsOptional } from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';
import { IsCode, IsDay, IsId, IsMoment, IsWords, PageRequest } from '../asking/fields.js';

export class CustomerPath {
  @IsId()
  customerId!: string;
}

export class CustomersRequest extends PageRequest {
  @IsOptional() @IsCode() branchId?: string;
  @IsOptional() @IsCode() accountManagerId?: string;

  @IsOptional()
  @IsWords(200)
  @JSONSchema({ description: 'A customer number, or a part of the name in any case', examples: ['berg'] })
  q?: string;
}

export class ProductsRequest extends PageRequest {
  @IsOptional() @IsDay('First business day that counts') from?: string;
  @IsOptional() @IsDay('Last business day that counts') to?: string;
}

export class SalesHistoryRequest extends ProductsRequest {
  @IsOptional() @IsMoment('Only what had happened by then') asOf?: string;
  @IsOptional() @IsMoment('Only what had been recorded by then') recordedUntil?: string;
}
