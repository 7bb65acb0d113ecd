import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { encodeEvent, type DomainEvent } from '#kontor/contracts';
import { fold, type Aggregate } from './aggregate.js';
import { creditNote } from './credit-note/credit-note.js';
import { customer } from './customer/customer.js';
import { cancelOrder } from './order/cancel-order.js';
import { grantDiscount } from './order/grant-discount.js';
import { order, type Order } from './order/order.js';
import { returnGoods } from './order/return-goods.js';
import { withdrawDiscount } from './order/withdraw-discount.js';
import { salesPlan } from './sales-plan/sales-plan.js';
import { stockRequest } from './stock-request/stock-request.js';
import { arbitraryEvent } from './testing/arbitrary-event.js';
import { facts, lineId, metadata, ORDER_ID, uuid } from './testing/values.js';

const customerEvents = arbitraryEvent(
  'CustomerRegistered',
  'CustomerDetailsCorrected',
  'CustomerReassigned',
  'CustomerSegmentChanged',
  'CreditTermsSet',
  'CustomerBlocked',
  'CustomerUnblocked',
);
const orderEvents = arbitraryEvent(
  'OrderPlaced',
  'DiscountGranted',
  'DiscountWithdrawn',
  'OrderAmended',
  'OrderCancelled',
  'PaymentReceived',
  'PaymentReversed',
  'GoodsIssued',
  'GoodsReturned',
);
const creditNoteEvents = arbitraryEvent('CreditNoted');
const stockRequestEvents = arbitraryEvent(
  'StockRequested',
  'StockRequestConfirmed',
  'StockRequestRefused',
  'StockDispatched',
  'StockReceived',
  'StockRequestCancelled',
);
const salesPlanEvents = arbitraryEvent('SalesPlanSet', 'SalesPlanRevised', 'SalesPlanClosed');

const foldsAnything = <State, Event extends DomainEvent>(
  aggregate: Aggregate<State, Event>,
  events: fc.Arbitrary<Event>,
  check: (state: State) => void = () => undefined,
) =>
  fc.assert(
    fc.property(fc.array(events, { maxLength: 12 }), (history) => {
      for (const event of history) encodeEvent(event, metadata.commandId, metadata);
      const state = fold(aggregate, history);
      if (state) check(state);
    }),
  );

describe('Folding any sequence of valid events never throws', () => {
  test('of a customer', () => {
    expect(() => foldsAnything(customer, customerEvents)).not.toThrow();
  });
  test('of a credit note', () => {
    expect(() => foldsAnything(creditNote, creditNoteEvents)).not.toThrow();
  });
  test('of a stock request', () => {
    expect(() => foldsAnything(stockRequest, stockRequestEvents)).not.toThrow();
  });
  test('of a sales plan', () => {
    expect(() => foldsAnything(salesPlan, salesPlanEvents)).not.toThrow();
  });
  test('of an order, and its rules can be asked about whatever came of it', () => {
    expect(() => foldsAnything(order, orderEvents, askItsRules)).not.toThrow();
  });
});

function askItsRules(state: Order): void {
  const part = { orderId: ORDER_ID, reason: 'asked' };
  cancelOrder(state, part, facts());
  grantDiscount(state, { ...part, discountId: uuid(99), rate: 1000 }, facts());
  withdrawDiscount(state, { ...part, discountId: uuid(10) }, facts());
  returnGoods(state, { ...part, returnId: uuid(99), lines: [{ lineId: lineId(0), quantity: '1' }] }, facts());
}
