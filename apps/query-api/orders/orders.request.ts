import { IsOptional } from 'class-validator';
import { FreshRequest, IsId, IsMoment } from '../asking/fields.js';

export class OrderPath {
  @IsId()
  orderId!: string;
}

export class OrderRequest extends FreshRequest {
  @IsOptional() @IsMoment('The order as it was then') asOf?: string;
}
