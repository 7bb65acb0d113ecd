import type { LineQuantityShare, OrderLine } from '#kontor/contracts';
import { money, zonedInstant } from '../query/values.js';
import type { OrderAnswer } from './answer.js';
import type { KeptOrderEvent } from './kept-event.js';
import { lineEffects } from './line-effects.js';
import type { OrderRow } from './rows.js';

/** Makes an order's answer of its row and of what happened to it, in order. */
export function orderDocument(row: OrderRow, events: readonly KeptOrderEvent[]): OrderAnswer {
  const { orderId, orderNumber, customerId, branchId, accountManagerId, territory, currency } = row;
  const total = Number(row.ordered) - Number(row.discounts);
  return {
    orderId,
    orderNumber,
    customerId,
    branchId,
    accountManagerId,
    territory,
    currency,
    status: row.status,
    placedAt: zonedInstant(row.placedAt, row.utcOffset),
    dueOn: row.dueOn,
    listTotal: money(row.listTotal, currency),
    total: money(total, currency),
    issued: money(row.issued, currency),
    returned: money(row.returned, currency),
    paid: money(row.paid, currency),
    balance: money(total - Number(row.returned) - Number(row.paid), currency),
    lines: linesOf(events, currency),
    ...partsOf(events),
    revision: row.revision,
  };
}

function linesOf(events: readonly KeptOrderEvent[], currency: string): OrderAnswer['lines'] {
  const effectsOf = lineEffects(events);
  return linesNow(events).map(({ productGroup, ...line }) => {
    const { cost, cancelled, issued, returned } = effectsOf(line);
    return {
      ...line,
      productGroup: productGroup ?? null,
      discount: money(line.amount.amount - cost, currency),
      cancelledQuantity: cancelled.toFixed(),
      issuedQuantity: issued.toFixed(),
      returnedQuantity: returned.toFixed(),
    };
  });
}

function linesNow(events: readonly KeptOrderEvent[]): readonly OrderLine[] {
  let lines: readonly OrderLine[] = [];
  for (const { kind, details } of events) {
    if (kind === 'OrderPlaced') lines = details.lines;
    if (kind === 'OrderAmended') lines = details.amendedLines;
  }
  return lines;
}

type Parts = Pick<OrderAnswer, 'discounts' | 'payments' | 'issues' | 'returns'>;

function partsOf(events: readonly KeptOrderEvent[]): Parts {
  const parts: Parts = { discounts: [], payments: [], issues: [], returns: [] };
  for (const event of events) addPart(parts, event, zonedInstant(event.occurredAt, event.utcOffset));
  return parts;
}

function addPart(parts: Parts, { kind, details }: KeptOrderEvent, at: string): void {
  switch (kind) {
    case 'DiscountGranted': {
      const { discountId, scope, asked, amount, reason } = details;
      parts.discounts.push({ discountId, scope, asked, amount, reason, grantedAt: at, withdrawnAt: null });
      break;
    }
    case 'DiscountWithdrawn': {
      const discount = parts.discounts.find(({ discountId }) => discountId === details.discountId);
      if (discount) discount.withdrawnAt = at;
      break;
    }
    case 'PaymentReceived': {
      const { paymentId, amount, method, reference = null, receivedOn } = details;
      parts.payments.push({
        paymentId,
        amount,
        method,
        reference,
        receivedAt: at,
        receivedOn,
        reversedAt: null,
      });
      break;
    }
    case 'PaymentReversed': {
      const payment = parts.payments.find(({ paymentId }) => paymentId === details.paymentId);
      if (payment) payment.reversedAt = at;
      break;
    }
    case 'GoodsIssued': {
      const { issueId, amount, lines, reference = null } = details;
      parts.issues.push({ issueId, amount, lines: lines.map(toMoved), reference, issuedAt: at });
      break;
    }
    case 'GoodsReturned': {
      const { returnId, amount, lines, reason } = details;
      parts.returns.push({ returnId, amount, lines: lines.map(toMoved), reason, returnedAt: at });
      break;
    }
    default:
  }
}

const toMoved = ({ lineId, sku, quantity, amount }: LineQuantityShare) => ({ lineId, sku, quantity, amount });
