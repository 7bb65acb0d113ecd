import * as fc from 'fast-check';
import type { OrderEvent } from '#kontor/contracts';
import type { Decision } from '../decision.js';
import { amendOrder } from '../order/amend-order.js';
import { cancelOrder } from '../order/cancel-order.js';
import { grantDiscount } from '../order/grant-discount.js';
import { issueGoods } from '../order/issue-goods.js';
import { order, type Order } from '../order/order.js';
import { placeOrder } from '../order/place-order.js';
import type { OrderedLine } from '../order/price-lines.js';
import { receivePayment } from '../order/receive-payment.js';
import { returnGoods } from '../order/return-goods.js';
import { reversePayment } from '../order/reverse-payment.js';
import { withdrawDiscount } from '../order/withdraw-discount.js';
import { quantityText } from '../quantity.js';
import { customerOf, customerRegistered } from './customer-mother.js';
import { facts, lineId, ORDER_ID, percent, uuid } from './values.js';

export const unlimited = facts({ limit: percent(100) });
const reason = 'because';
const orderId = ORDER_ID;

const quantities = fc.integer({ min: 1, max: 50_000 }).map(quantityText);
const prices = fc.oneof(
  fc.constantFrom('0', '0.001', '0.000001', '0.333333'),
  fc.integer({ min: 0, max: 999_999 }).map((cents) => (cents / 100).toFixed(2)),
);
export const orderedLine = fc.record({ quantity: quantities, unitPrice: prices });
export const orderedLines = fc
  .array(orderedLine, { minLength: 1, maxLength: 4 })
  .map((lines): OrderedLine[] =>
    lines.map((line, index) => ({ ...line, lineId: lineId(index), sku: `sku-${index}` })),
  );
export const currencies = fc.constantFrom('EUR', 'JPY', 'KWD');

/** Makes a decision from a state; `salt` picks amounts and parts. */
type Step = (state: Order, salt: number, id: string) => Decision<OrderEvent>;

const parts = (share: number) => (state: Order) =>
  [...state.lines.values()].map(({ ordered, quantity }) => ({
    lineId: ordered.lineId,
    quantity: quantityText(Math.max(1, Math.floor(quantity * share))),
  }));
const pick = <Key>(keys: Iterable<Key>, salt: number): Key | undefined => {
  const all = [...keys];
  return all[salt % all.length];
};

export const steps: Readonly<Record<string, Step>> = {
  grantRate: (state, salt, discountId) =>
    grantDiscount(state, { orderId, discountId, rate: 1 + (salt % 10_000), reason }, unlimited),
  grantAmountOnLine: (state, salt, discountId) =>
    grantDiscount(
      state,
      {
        orderId,
        discountId,
        scope: pick(state.lines.keys(), salt) ?? 'order',
        amount: { amount: 1 + salt, currency: state.facts.currency },
        reason,
      },
      unlimited,
    ),
  withdraw: (state, salt) =>
    withdrawDiscount(
      state,
      { orderId, discountId: pick(state.discounts.keys(), salt) ?? uuid(1), reason },
      unlimited,
    ),
  amend: (state, salt) =>
    amendOrder(
      state,
      {
        orderId,
        lines: [...state.lines.values()].map(({ ordered }, index) => ({
          ...ordered,
          quantity: index === salt % state.lines.size ? quantityText(1 + (salt % 90_000)) : ordered.quantity,
        })),
        reason,
      },
      unlimited,
    ),
  issue: (state, salt, issueId) =>
    issueGoods(state, { orderId, issueId, lines: parts((salt % 100) / 100)(state) }, unlimited),
  return: (state, salt, returnId) =>
    returnGoods(
      state,
      { orderId, returnId, lines: parts((salt % 100) / 200)(state).slice(salt % 2), reason },
      unlimited,
    ),
  pay: (state, salt, paymentId) =>
    receivePayment(
      state,
      {
        orderId,
        paymentId,
        amount: { amount: 1 + salt, currency: state.facts.currency },
        method: 'transfer',
      },
      unlimited,
    ),
  reverse: (state, salt) =>
    reversePayment(
      state,
      { orderId, paymentId: pick(state.payments.keys(), salt) ?? uuid(1), reason },
      unlimited,
    ),
  cancel: (state) => cancelOrder(state, { orderId, reason }, unlimited),
};

export const chosenSteps = (names: readonly string[]) =>
  fc.array(fc.record({ name: fc.constantFrom(...names), salt: fc.nat(100_000) }), { maxLength: 12 });

export function evolve(state: Order | undefined, event: OrderEvent, revision: number): Order {
  const next = order.evolve(state, event, revision);
  if (!next) throw new Error(`${event.type} made no order`);
  return next;
}

export function place(lines: readonly OrderedLine[], currency = 'EUR'): { state: Order; event: OrderEvent } {
  const customer = customerOf(customerRegistered({ currency }));
  const decision = placeOrder(
    undefined,
    { orderId, customerId: customer.customerId, lines },
    { ...unlimited, customer },
  );
  if (decision.kind !== 'record') throw new Error(`no order: ${JSON.stringify(decision)}`);
  return { state: evolve(undefined, decision.event, 0), event: decision.event };
}

/** Takes the steps that the rules allow, and hands every recorded event to the check, with the state before and after. */
export function run(
  start: Order,
  chosen: readonly { readonly name: string; readonly salt: number }[],
  check: (event: OrderEvent, before: Order, after: Order) => void = () => undefined,
): Order {
  let state = start;
  for (const [index, { name, salt }] of chosen.entries()) {
    const decision = steps[name]?.(state, salt, uuid(500 + index));
    if (decision?.kind !== 'record') continue;
    const after = evolve(state, decision.event, index + 1);
    check(decision.event, state, after);
    state = after;
  }
  return state;
}
