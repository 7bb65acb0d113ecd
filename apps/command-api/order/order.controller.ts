import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Answer } from '../desk/answer.js';
import { type Call, TheCall } from '../desk/call.js';
import { Calls } from '../desk/calls.js';
import { Issues } from '../desk/issues.js';
import { PlaceOrder, PlaceOrderRequest } from './place-order.js';
import { GrantDiscount, GrantDiscountRequest } from './grant-discount.js';
import { OrderPath, DiscountPath, PaymentPath } from './order.path.js';
import { WithdrawDiscount, WithdrawDiscountRequest } from './withdraw-discount.js';
import { AmendOrder, AmendOrderRequest } from './amend-order.js';
import { CancelOrder, CancelOrderRequest } from './cancel-order.js';
import { ReceivePayment, ReceivePaymentRequest } from './receive-payment.js';
import { ReversePayment, ReversePaymentRequest } from './reverse-payment.js';
import { IssueGoods, IssueGoodsRequest } from './issue-goods.js';
import { ReturnGoods, ReturnGoodsRequest } from './return-goods.js';

@ApiTags('orders')
@Controller('v1/orders')
export class OrderController {
  constructor(private readonly calls: Calls) {}

  @Post()
  @Issues(PlaceOrder, 'Takes an order from a customer', 'orderId')
  placeOrder(@Body() body: PlaceOrderRequest, @TheCall() call: Call): Promise<Answer> {
    return this.calls.answer(new PlaceOrder(body, call));
  }

  @Post(':orderId/discounts')
  @Issues(GrantDiscount, 'Grants a discount on an order or one of its lines', 'orderId', 'discountId')
  grantDiscount(
    @Param() path: OrderPath,
    @Body() body: GrantDiscountRequest,
    @TheCall() call: Call,
  ): Promise<Answer> {
    return this.calls.answer(new GrantDiscount({ ...path, ...body }, call));
  }

  @Post(':orderId/discounts/:discountId/withdrawal')
  @Issues(WithdrawDiscount, 'Takes a discount back', 'orderId', 'discountId')
  withdrawDiscount(
    @Param() path: DiscountPath,
    @Body() body: WithdrawDiscountRequest,
    @TheCall() call: Call,
  ): Promise<Answer> {
    return this.calls.answer(new WithdrawDiscount({ ...path, ...body }, call));
  }

  @Post(':orderId/amendments')
  @Issues(AmendOrder, 'Replaces the lines of an order', 'orderId')
  amendOrder(
    @Param() path: OrderPath,
    @Body() body: AmendOrderRequest,
    @TheCall() call: Call,
  ): Promise<Answer> {
    return this.calls.answer(new AmendOrder({ ...path, ...body }, call));
  }

  @Post(':orderId/cancellation')
  @Issues(CancelOrder, 'Cancels what was not issued', 'orderId')
  cancelOrder(
    @Param() path: OrderPath,
    @Body() body: CancelOrderRequest,
    @TheCall() call: Call,
  ): Promise<Answer> {
    return this.calls.answer(new CancelOrder({ ...path, ...body }, call));
  }

  @Post(':orderId/payments')
  @Issues(ReceivePayment, 'Records a payment', 'orderId', 'paymentId')
  receivePayment(
    @Param() path: OrderPath,
    @Body() body: ReceivePaymentRequest,
    @TheCall() call: Call,
  ): Promise<Answer> {
    return this.calls.answer(new ReceivePayment({ ...path, ...body }, call));
  }

  @Post(':orderId/payments/:paymentId/reversal')
  @Issues(ReversePayment, 'Takes back a payment that did not stand', 'orderId', 'paymentId')
  reversePayment(
    @Param() path: PaymentPath,
    @Body() body: ReversePaymentRequest,
    @TheCall() call: Call,
  ): Promise<Answer> {
    return this.calls.answer(new ReversePayment({ ...path, ...body }, call));
  }

  @Post(':orderId/goods-issues')
  @Issues(IssueGoods, 'Records goods that left for the customer', 'orderId', 'issueId')
  issueGoods(
    @Param() path: OrderPath,
    @Body() body: IssueGoodsRequest,
    @TheCall() call: Call,
  ): Promise<Answer> {
    return this.calls.answer(new IssueGoods({ ...path, ...body }, call));
  }

  @Post(':orderId/returns')
  @Issues(ReturnGoods, 'Records goods that came back', 'orderId', 'returnId')
  returnGoods(
    @Param() path: OrderPath,
    @Body() body: ReturnGoodsRequest,
    @TheCall() call: Call,
  ): Promise<Answer> {
    return this.calls.answer(new ReturnGoods({ ...path, ...body }, call));
  }
}
