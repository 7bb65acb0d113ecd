import type { EventDefinition } from '../define-event.js';
import * as creditNote from './credit-note.js';
import * as customer from './customer.js';
import * as order from './order.js';
import * as refusal from './refusal.js';
import * as salesPlan from './sales-plan.js';
import * as stockRequest from './stock-request.js';

export type DomainEvent =
  | customer.CustomerEvent
  | order.OrderEvent
  | creditNote.CreditNoteEvent
  | stockRequest.StockRequestEvent
  | salesPlan.SalesPlanEvent
  | refusal.RefusalEvent;

export type EventType = DomainEvent['type'];

/** Every event that Kontor writes, by its name on disk. */
export const eventDefinitions: { readonly [Type in EventType]: EventDefinition<Type> } = {
  CustomerRegistered: customer.CustomerRegistered,
  CustomerDetailsCorrected: customer.CustomerDetailsCorrected,
  CustomerReassigned: customer.CustomerReassigned,
  CustomerSegmentChanged: customer.CustomerSegmentChanged,
  CreditTermsSet: customer.CreditTermsSet,
  CustomerBlocked: customer.CustomerBlocked,
  CustomerUnblocked: customer.CustomerUnblocked,
  OrderPlaced: order.OrderPlaced,
  DiscountGranted: order.DiscountGranted,
  DiscountWithdrawn: order.DiscountWithdrawn,
  OrderAmended: order.OrderAmended,
  OrderCancelled: order.OrderCancelled,
  PaymentReceived: order.PaymentReceived,
  PaymentReversed: order.PaymentReversed,
  GoodsIssued: order.GoodsIssued,
  GoodsReturned: order.GoodsReturned,
  CreditNoted: creditNote.CreditNoted,
  StockRequested: stockRequest.StockRequested,
  StockRequestConfirmed: stockRequest.StockRequestConfirmed,
  StockRequestRefused: stockRequest.StockRequestRefused,
  StockDispatched: stockRequest.StockDispatched,
  StockReceived: stockRequest.StockReceived,
  StockRequestCancelled: stockRequest.StockRequestCancelled,
  SalesPlanSet: salesPlan.SalesPlanSet,
  SalesPlanRevised: salesPlan.SalesPlanRevised,
  SalesPlanClosed: salesPlan.SalesPlanClosed,
  CommandRefused: refusal.CommandRefused,
};

export * from './credit-note.js';
export * from './customer.js';
export * from './order.js';
export * from './refusal.js';
export * from './sales-plan.js';
export * from './stock-request.js';
