import { IsOptional } from 'class-validator';
import { IsCode, IsDescription, IsId, IsQuantity, IsReference, IsUnit, IsUnitPrice } from '../fields.js';

/** A line of an order, as it is asked for. */
export class OrderedLineFields {
  @IsOptional() @IsId() lineId?: string;
  @IsReference() sku!: string;
  @IsOptional() @IsDescription() description?: string;
  @IsOptional() @IsCode() productGroup?: string;
  @IsQuantity() quantity!: string;
  /** `pcs` if left out. */
  @IsOptional() @IsUnit() unit?: string;
  /** The unit price if left out. */
  @IsOptional() @IsUnitPrice() listPrice?: string;
  @IsUnitPrice() unitPrice!: string;
}

/** So much of an order's line. */
export class LineQuantityFields {
  @IsId() lineId!: string;
  @IsQuantity() quantity!: string;
}
