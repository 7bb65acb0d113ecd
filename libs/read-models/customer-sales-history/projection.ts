import type { CreditNoteEvent, LoggedEvent, Money, OrderEvent } from '#kontor/contracts';
import { insert, projection, type Change } from '../engine/projection.js';
import { occurrence } from '../occurrence.js';
import { customerSalesHistoryTable, type CustomerSalesHistoryRow } from './rows.js';

type Effect = Partial<
  Pick<CustomerSalesHistoryRow, 'orders' | 'ordered' | 'discounts' | 'credited' | 'paid'>
>;
type Details = Pick<CustomerSalesHistoryRow, 'orderId'> &
  Partial<Pick<CustomerSalesHistoryRow, 'reference' | 'creditLines'>>;

const entry = (
  event: LoggedEvent<OrderEvent | CreditNoteEvent>,
  amount: Money,
  effect: Effect,
  details: Details,
): Change => {
  const { customerId, branchId, accountManagerId, territory, currency } = event.data;
  return insert(customerSalesHistoryTable, {
    customerId,
    position: event.position,
    kind: event.type,
    revision: event.revision,
    reference: null,
    branchId,
    accountManagerId,
    territory,
    currency,
    ...occurrence(event),
    amount: amount.amount,
    orders: 0,
    ordered: 0,
    discounts: 0,
    credited: 0,
    paid: 0,
    creditLines: null,
    ...effect,
    ...details,
  });
};

export const customerSalesHistory = projection('customer-sales-history', 1, [customerSalesHistoryTable], {
  OrderPlaced: (event) => {
    const { orderId, orderNumber, total } = event.data;
    return entry(
      event,
      total,
      { orders: 1, ordered: total.amount },
      { orderId, reference: orderNumber ?? null },
    );
  },
  OrderAmended: (event) => {
    const { orderId, amount } = event.data;
    return entry(event, amount, { ordered: amount.amount }, { orderId });
  },
  OrderCancelled: (event) => {
    const { orderId, amount } = event.data;
    return entry(event, amount, { orders: -1, ordered: -amount.amount }, { orderId });
  },
  DiscountGranted: (event) => {
    const { orderId, amount } = event.data;
    return entry(event, amount, { discounts: amount.amount }, { orderId });
  },
  DiscountWithdrawn: (event) => {
    const { orderId, amount } = event.data;
    return entry(event, amount, { discounts: -amount.amount }, { orderId });
  },
  GoodsReturned: (event) => {
    const { orderId, amount } = event.data;
    return entry(event, amount, { credited: amount.amount }, { orderId });
  },
  CreditNoted: (event) => {
    const { amount, creditNoteNumber, lines } = event.data;
    const details = { orderId: null, reference: creditNoteNumber ?? null, creditLines: lines };
    return entry(event, amount, { credited: amount.amount }, details);
  },
  PaymentReceived: (event) => {
    const { orderId, amount } = event.data;
    return entry(event, amount, { paid: amount.amount }, { orderId });
  },
  PaymentReversed: (event) => {
    const { orderId, amount } = event.data;
    return entry(event, amount, { paid: -amount.amount }, { orderId });
  },
});
