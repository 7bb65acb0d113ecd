import { IsId } from '../fields.js';

export class OrderPath {
  @IsId() orderId!: string;
}

export class DiscountPath extends OrderPath {
  @IsId() discountId!: string;
}

export class PaymentPath extends OrderPath {
  @IsId() paymentId!: string;
}
