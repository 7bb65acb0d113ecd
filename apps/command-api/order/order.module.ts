import { Module } from '@nestjs/common';
import { OrderController } from './order.controller.js';
import { PlaceOrderHandler } from './place-order.js';
import { GrantDiscountHandler } from './grant-discount.js';
import { WithdrawDiscountHandler } from './withdraw-discount.js';
import { AmendOrderHandler } from './amend-order.js';
import { CancelOrderHandler } from './cancel-order.js';
import { ReceivePaymentHandler } from './receive-payment.js';
import { ReversePaymentHandler } from './reverse-payment.js';
import { IssueGoodsHandler } from './issue-goods.js';
import { ReturnGoodsHandler } from './return-goods.js';

@Module({
  controllers: [OrderController],
  providers: [
    PlaceOrderHandler,
    GrantDiscountHandler,
    WithdrawDiscountHandler,
    AmendOrderHandler,
    CancelOrderHandler,
    ReceivePaymentHandler,
    ReversePaymentHandler,
    IssueGoodsHandler,
    ReturnGoodsHandler,
  ],
})
export class OrderModule {}
