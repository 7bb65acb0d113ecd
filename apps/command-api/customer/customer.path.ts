import { IsId } from '../fields.js';

export class CustomerPath {
  @IsId() customerId!: string;
}
