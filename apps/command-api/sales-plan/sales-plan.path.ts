import { IsId } from '../fields.js';

export class SalesPlanPath {
  @IsId() planId!: string;
}
