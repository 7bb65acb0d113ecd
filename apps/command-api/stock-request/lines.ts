import { IsOptional } from 'class-validator';
import { IsQuantity, IsReference, IsUnit } from '../fields.js';

export class RequestedLineFields {
  @IsReference() sku!: string;
  @IsQuantity() quantity!: string;
  /** `pcs` if left out. */
  @IsOptional() @IsUnit() unit?: string;
}

/** Goods of a request on their way, or arrived; in the unit that was requested. */
export class MovedLineFields {
  @IsReference() sku!: string;
  @IsQuantity() quantity!: string;
}
