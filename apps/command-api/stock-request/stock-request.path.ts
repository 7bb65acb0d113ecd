import { IsId } from '../fields.js';

export class StockRequestPath {
  @IsId() stockRequestId!: string;
}
