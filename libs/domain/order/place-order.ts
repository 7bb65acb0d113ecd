import { OrderPlaced, type OrderEvent } from '#kontor/contracts';
import { daysAfter, dayOf } from '../business-day.js';
import type { Customer } from '../customer/customer.js';
import { record, refuse, repeats, type Decision, type LineIds } from '../decision.js';
import { idsOfLines } from '../line-ids.js';
import { refuseOtherCurrency } from '../money.js';
import { sameContent } from '../same-content.js';
import { checkDiscountLimit, type DiscountFacts } from './discount-limit.js';
import type { Order } from './order.js';
import { priceLines, type OrderedLine } from './price-lines.js';

export interface PlaceOrder {
  readonly orderId: string;
  readonly orderNumber?: string;
  readonly customerId: string;
  /** The customer's if left out; no other is taken. */
  readonly currency?: string;
  /** The customer's if left out. */
  readonly territory?: string;
  readonly lines: readonly OrderedLine[];
}

export interface PlaceOrderFacts extends DiscountFacts, LineIds {
  readonly customer: Customer;
}

/** Takes an order from a customer who is not blocked, at prices within the limit of whoever takes it. */
export function placeOrder(
  order: Order | undefined,
  command: PlaceOrder,
  facts: PlaceOrderFacts,
): Decision<OrderEvent> {
  const { customer, occurredAt } = facts;
  const { orderId, orderNumber, currency = customer.currency, territory = customer.territory } = command;
  const mismatch = refuseOtherCurrency(currency, customer.currency);
  if (mismatch) return mismatch;
  const priced = priceLines(command.lines, currency, order ? idsOfLines(order.placed.lines) : facts);
  if (priced.kind === 'refuse') return priced;

  const { customerId, branchId, accountManagerId } = customer;
  const { lines, listTotal, total } = priced;
  const content = {
    orderId,
    ...(orderNumber !== undefined && { orderNumber }),
    customerId,
    territory,
    currency,
    lines,
  };
  if (order)
    return sameContent(content, contentOf(order)) ? repeats(0) : refuse('order.id-reused', { orderId });
  if (customer.blocked) return refuse('customer.blocked', { customerId });
  const check = checkDiscountLimit(listTotal, total, facts);
  if (check.kind === 'refuse') return check;

  return record(OrderPlaced, {
    ...content,
    branchId,
    accountManagerId,
    listTotal,
    total,
    dueOn: daysAfter(dayOf(occurredAt), customer.paymentTermDays),
    evidence: check.evidence,
  });
}

const contentOf = ({ placed }: Order) => ({
  orderId: placed.orderId,
  orderNumber: placed.orderNumber,
  customerId: placed.customerId,
  territory: placed.territory,
  currency: placed.currency,
  lines: placed.lines,
});
