import type { LineQuantityShare, LineShare, OrderEvent, OrderLine } from '#kontor/contracts';
import { lineAmount, sum } from '../money.js';
import { CUSTOMER_ID, lineId, OCCURRED_AT, ORDER_ID, percent, uuid } from './values.js';

type Event<Type extends OrderEvent['type']> = Extract<OrderEvent, { type: Type }>;
type Data<Type extends OrderEvent['type']> = Event<Type>['data'];

const orderFacts = {
  orderId: ORDER_ID,
  customerId: CUSTOMER_ID,
  branchId: 'london',
  accountManagerId: 'anna',
  territory: 'United Kingdom',
  currency: 'EUR',
};

const money = (amount: number) => ({ amount, currency: 'EUR' });

const evidence = {
  policyId: 'test-policy',
  policyVersion: 3,
  ruleId: 'account-manager',
  averageRate: 0,
  limit: percent(10),
};

interface LineOptions {
  readonly quantity?: string;
  readonly unitPrice?: string;
  readonly listPrice?: string;
  readonly productGroup?: string;
}

/** The n-th line of an order: 10 pieces at 10.00 if nothing else is said. */
export function orderLine(index = 0, options: LineOptions = {}): OrderLine {
  const { quantity = '10', unitPrice = '10.00', listPrice = unitPrice, productGroup } = options;
  return {
    lineId: lineId(index),
    sku: `sku-${index}`,
    description: '',
    ...(productGroup !== undefined && { productGroup }),
    quantity,
    unit: 'pcs',
    listPrice,
    unitPrice,
    amount: money(lineAmount(quantity, unitPrice, 'EUR')),
  };
}

const totalsOf = (lines: readonly OrderLine[]) => ({
  listTotal: money(sum(lines.map(({ quantity, listPrice }) => lineAmount(quantity, listPrice, 'EUR')))),
  total: money(sum(lines.map(({ amount }) => amount.amount))),
});

/** An order of one line of 10 × 10.00 EUR if no lines are given. */
export const orderPlaced = (
  lines: readonly OrderLine[] = [orderLine()],
  data: Partial<Data<'OrderPlaced'>> = {},
): Event<'OrderPlaced'> => ({
  type: 'OrderPlaced',
  data: { ...orderFacts, lines: [...lines], ...totalsOf(lines), dueOn: '2011-12-30', evidence, ...data },
});

/** Shares of the lines 0, 1, ... in minor units. */
const shares = (amounts: readonly number[]): LineShare[] =>
  amounts.map((amount, index) => ({ lineId: lineId(index), sku: `sku-${index}`, amount: money(amount) }));

const quantityShares = (
  lines: readonly { readonly quantity: string; readonly amount: number }[],
): LineQuantityShare[] =>
  lines.map(({ quantity, amount }, index) => ({
    lineId: lineId(index),
    sku: `sku-${index}`,
    quantity,
    amount: money(amount),
  }));

/** A discount that takes these minor units off the lines 0, 1, ... of an order that cost so much before. */
export const discountGranted = (
  totalBefore: number,
  amounts: readonly number[],
  data: Partial<Data<'DiscountGranted'>> = {},
): Event<'DiscountGranted'> => ({
  type: 'DiscountGranted',
  data: {
    ...orderFacts,
    discountId: uuid(10),
    scope: 'order',
    asked: { amount: money(sum(amounts)) },
    amount: money(sum(amounts)),
    totalBefore: money(totalBefore),
    totalAfter: money(totalBefore - sum(amounts)),
    reason: 'loyal',
    evidence,
    lines: shares(amounts),
    ...data,
  },
});

export const discountWithdrawn = (
  totalBefore: number,
  amounts: readonly number[],
): Event<'DiscountWithdrawn'> => ({
  type: 'DiscountWithdrawn',
  data: {
    ...orderFacts,
    discountId: uuid(10),
    amount: money(sum(amounts)),
    totalBefore: money(totalBefore),
    totalAfter: money(totalBefore + sum(amounts)),
    reason: 'granted by mistake',
    lines: shares(amounts),
  },
});

export const orderCancelled = (
  totalBefore: number,
  lines: readonly { readonly quantity: string; readonly amount: number }[],
): Event<'OrderCancelled'> => {
  const amount = sum(lines.map((line) => line.amount));
  return {
    type: 'OrderCancelled',
    data: {
      ...orderFacts,
      amount: money(amount),
      totalBefore: money(totalBefore),
      totalAfter: money(totalBefore - amount),
      reason: 'the customer changed their mind',
      lines: quantityShares(lines),
    },
  };
};

export const paymentReceived = (
  amount: number,
  data: Partial<Data<'PaymentReceived'>> = {},
): Event<'PaymentReceived'> => ({
  type: 'PaymentReceived',
  data: {
    ...orderFacts,
    paymentId: uuid(20),
    amount: money(amount),
    method: 'transfer',
    receivedOn: OCCURRED_AT.slice(0, 10),
    balanceBefore: money(10_000),
    balanceAfter: money(10_000 - amount),
    ...data,
  },
});

export const paymentReversed = (amount: number): Event<'PaymentReversed'> => ({
  type: 'PaymentReversed',
  data: {
    ...orderFacts,
    paymentId: uuid(20),
    amount: money(amount),
    reason: 'bounced',
    balanceBefore: money(10_000 - amount),
    balanceAfter: money(10_000),
  },
});

/** Goods of the lines 0, 1, ... that left. */
export const goodsIssued = (
  ...lines: readonly { readonly quantity: string; readonly amount: number }[]
): Event<'GoodsIssued'> => ({
  type: 'GoodsIssued',
  data: {
    ...orderFacts,
    issueId: uuid(30),
    amount: money(sum(lines.map(({ amount }) => amount))),
    lines: quantityShares(lines),
  },
});

/** Goods of the lines 0, 1, ... that came back. */
export const goodsReturned = (
  ...lines: readonly { readonly quantity: string; readonly amount: number }[]
): Event<'GoodsReturned'> => {
  const amount = sum(lines.map((line) => line.amount));
  return {
    type: 'GoodsReturned',
    data: {
      ...orderFacts,
      returnId: uuid(40),
      amount: money(amount),
      lines: quantityShares(lines),
      reason: 'faulty',
      balanceBefore: money(10_000),
      balanceAfter: money(10_000 - amount),
    },
  };
};
