import type { EventOf, Money, OrderEvent, OrderLine, OrderPlaced } from '#kontor/contracts';
import type { Aggregate } from '../aggregate.js';
import { sum } from '../money.js';
import { thousandths } from '../quantity.js';

/** What stands on every event of an order, as it stood when the order was placed. */
export interface OrderFacts {
  readonly orderId: string;
  readonly customerId: string;
  readonly branchId: string;
  readonly accountManagerId: string;
  readonly territory: string;
  readonly currency: string;
}

/** An order as it is after the last event. All amounts are minor units of its currency, all quantities thousandths. */
export interface Order {
  readonly facts: OrderFacts;
  /** As it was placed: a repeated placing is told by it. */
  readonly placed: EventOf<typeof OrderPlaced>['data'];
  readonly status: 'open' | 'cancelled';
  readonly lines: ReadonlyMap<string, Line>;
  readonly listTotal: number;
  /** What the lines cost after discounts; returns don't count. */
  readonly total: number;
  readonly returned: number;
  readonly paid: number;
  /** Each part that the caller names an id for stays, so that a repetition is recognised. */
  readonly discounts: ReadonlyMap<string, Discount>;
  readonly payments: ReadonlyMap<string, Payment>;
  readonly issues: ReadonlyMap<string, Movement>;
  readonly returns: ReadonlyMap<string, Movement>;
}

export interface Line {
  readonly ordered: OrderLine;
  /** What was ordered, less what was cancelled. */
  readonly quantity: number;
  /** The amount less its shares of discounts in force, less what was cancelled. */
  readonly cost: number;
  readonly issued: Moved;
  readonly returned: Moved;
}

/** What left or came back so far. */
export interface Moved {
  readonly quantity: number;
  readonly amount: number;
}

export interface Discount {
  readonly scope: string;
  readonly asked: DiscountAsked;
  readonly reason: string;
  readonly amount: number;
  /** How it lies on the lines now, by line id; lines without a share are left out. */
  readonly shares: ReadonlyMap<string, number>;
  readonly withdrawn: boolean;
  readonly revision: number;
}

/** Basis points, or an amount. */
export type DiscountAsked = { readonly rate: number } | { readonly amount: Money };

export interface Payment {
  readonly amount: number;
  readonly method: string;
  readonly reference?: string;
  readonly reversed: boolean;
  readonly revision: number;
}

export interface Movement {
  readonly lines: readonly { readonly lineId: string; readonly quantity: string }[];
  readonly note?: string;
  readonly revision: number;
}

/** What is still due; negative where more was paid. */
export const balanceOf = (order: Order): number => order.total - order.returned - order.paid;

export const order: Aggregate<Order, OrderEvent> = {
  category: 'order',
  evolve(state, event, revision) {
    if (event.type === 'OrderPlaced') return placed(event.data);
    if (!state) return undefined;
    switch (event.type) {
      case 'DiscountGranted': {
        const { discountId, scope, asked, reason, amount, totalAfter, lines } = event.data;
        const shares = sharesByLine(lines);
        const discount = { scope, asked, reason, amount: amount.amount, shares, withdrawn: false, revision };
        return {
          ...state,
          total: totalAfter.amount,
          lines: withChanges(state.lines, lines, costing(-1)),
          discounts: withPart(state.discounts, discountId, discount),
        };
      }
      case 'DiscountWithdrawn': {
        const { discountId, totalAfter, lines } = event.data;
        const discount = state.discounts.get(discountId);
        return {
          ...state,
          total: totalAfter.amount,
          lines: withChanges(state.lines, lines, costing(1)),
          discounts: discount
            ? withPart(state.discounts, discountId, { ...discount, withdrawn: true })
            : state.discounts,
        };
      }
      case 'OrderAmended':
        return amended(state, event.data);
      case 'OrderCancelled':
        return {
          ...state,
          status: 'cancelled',
          total: event.data.totalAfter.amount,
          lines: withChanges(state.lines, event.data.lines, (line, { quantity, amount }) => ({
            ...line,
            quantity: line.quantity - thousandths(quantity),
            cost: line.cost - amount.amount,
          })),
        };
      case 'PaymentReceived': {
        const { paymentId, amount, method, reference } = event.data;
        const payment = { amount: amount.amount, method, reversed: false, revision };
        return {
          ...state,
          paid: state.paid + amount.amount,
          payments: withPart(state.payments, paymentId, { ...payment, ...(reference && { reference }) }),
        };
      }
      case 'PaymentReversed': {
        const { paymentId, amount } = event.data;
        const payment = state.payments.get(paymentId);
        return {
          ...state,
          paid: state.paid - amount.amount,
          payments: payment
            ? withPart(state.payments, paymentId, { ...payment, reversed: true })
            : state.payments,
        };
      }
      case 'GoodsIssued': {
        const { issueId, lines, reference } = event.data;
        return {
          ...state,
          lines: withChanges(state.lines, lines, (line, change) => ({
            ...line,
            issued: plus(line.issued, change),
          })),
          issues: withPart(state.issues, issueId, movement(lines, reference, revision)),
        };
      }
      case 'GoodsReturned': {
        const { returnId, lines, reason, amount } = event.data;
        return {
          ...state,
          returned: state.returned + amount.amount,
          lines: withChanges(state.lines, lines, (line, change) => ({
            ...line,
            returned: plus(line.returned, change),
          })),
          returns: withPart(state.returns, returnId, movement(lines, reason, revision)),
        };
      }
    }
  },
};

const NOTHING_MOVED: Moved = { quantity: 0, amount: 0 };

function placed(data: EventOf<typeof OrderPlaced>['data']): Order {
  const { orderId, customerId, branchId, accountManagerId, territory, currency } = data;
  return {
    facts: { orderId, customerId, branchId, accountManagerId, territory, currency },
    placed: data,
    status: 'open',
    lines: new Map(data.lines.map((ordered) => [ordered.lineId, orderedLine(ordered)])),
    listTotal: data.listTotal.amount,
    total: data.total.amount,
    returned: 0,
    paid: 0,
    discounts: new Map(),
    payments: new Map(),
    issues: new Map(),
    returns: new Map(),
  };
}

const orderedLine = (ordered: OrderLine): Line => ({
  ordered,
  quantity: thousandths(ordered.quantity),
  cost: ordered.amount.amount,
  issued: NOTHING_MOVED,
  returned: NOTHING_MOVED,
});

function amended(state: Order, data: Extract<OrderEvent, { type: 'OrderAmended' }>['data']): Order {
  const discounts = new Map(state.discounts);
  for (const { discountId, shares } of data.discounts) {
    const discount = discounts.get(discountId);
    if (discount) discounts.set(discountId, { ...discount, shares: sharesByLine(shares) });
  }
  const inForce = [...discounts.values()].filter(({ withdrawn }) => !withdrawn);
  const lineAfter = (ordered: OrderLine): Line => ({
    ...(state.lines.get(ordered.lineId) ?? orderedLine(ordered)),
    ordered,
    quantity: thousandths(ordered.quantity),
    cost: ordered.amount.amount - sum(inForce.map(({ shares }) => shares.get(ordered.lineId) ?? 0)),
  });
  return {
    ...state,
    lines: new Map(data.amendedLines.map((ordered) => [ordered.lineId, lineAfter(ordered)])),
    listTotal: data.listTotal.amount,
    total: data.totalAfter.amount,
    discounts,
  };
}

interface LineAmount {
  readonly lineId: string;
  readonly amount: Money;
}

const sharesByLine = (shares: readonly LineAmount[]): ReadonlyMap<string, number> =>
  new Map(shares.map(({ lineId, amount }) => [lineId, amount.amount]));

/** Lines after an event, which may name lines that aren't there: a fold refuses nothing. */
function withChanges<Change extends { readonly lineId: string }>(
  lines: ReadonlyMap<string, Line>,
  changes: readonly Change[],
  after: (line: Line, change: Change) => Line,
): ReadonlyMap<string, Line> {
  const next = new Map(lines);
  for (const change of changes) {
    const line = next.get(change.lineId);
    if (line) next.set(change.lineId, after(line, change));
  }
  return next;
}

const costing =
  (sign: 1 | -1) =>
  (line: Line, { amount }: LineAmount): Line => ({ ...line, cost: line.cost + sign * amount.amount });

const plus = (moved: Moved, change: { readonly quantity: string; readonly amount: Money }): Moved => ({
  quantity: moved.quantity + thousandths(change.quantity),
  amount: moved.amount + change.amount.amount,
});

const withPart = <Part>(
  parts: ReadonlyMap<string, Part>,
  id: string,
  part: Part,
): ReadonlyMap<string, Part> => new Map(parts).set(id, part);

const movement = (lines: Movement['lines'], note: string | undefined, revision: number): Movement => ({
  lines: lines.map(({ lineId, quantity }) => ({ lineId, quantity })),
  ...(note !== undefined && { note }),
  revision,
});
