import { randomUUID } from 'node:crypto';
import type { DomainEvent, LineQuantityShare, Metadata, OrderLine } from '#kontor/contracts';
import { encodeEvent } from '#kontor/contracts';
import type { EventLog } from '#kontor/event-store';

const LINES = 22;
const CUSTOMERS = 400;
const AT_ONCE = 200;

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const evidence = {
  policyId: 'shipped',
  policyVersion: 1,
  ruleId: 'account-manager',
  averageRate: 0,
  limit: 1000,
};
const customerIds = Array.from({ length: CUSTOMERS }, () => randomUUID());

/**
 * A made-up wholesaler's history of orders that are placed, issued and paid: two and a half events an order, 22 lines each.
 * @returns the number of events appended
 */
export async function appendHistory(log: EventLog, orders: number): Promise<number> {
  let appended = 0;
  for (let first = 0; first < orders; first += AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, orders - first) }, (_, index) => first + index);
    const counts = await Promise.all(numbers.map((number) => appendOrder(log, number)));
    appended += counts.reduce((sum, count) => sum + count, 0);
  }
  return appended;
}

async function appendOrder(log: EventLog, number: number): Promise<number> {
  const events = eventsOf(number);
  const stream = `order-${events[0]?.data.orderId}`;
  for (const [index, event] of events.entries())
    await log.append(stream, index === 0 ? 'no-stream' : index - 1, [
      encodeEvent(event, randomUUID(), metadata(number)),
    ]);
  return events.length;
}

function eventsOf(
  number: number,
): Extract<DomainEvent, { data: { orderId: string; customerId: string; lines?: object } }>[] {
  const facts = {
    orderId: randomUUID(),
    customerId: customerIds[number % CUSTOMERS] ?? '',
    branchId: `branch-${number % 3}`,
    accountManagerId: `manager-${number % 20}`,
    territory: `territory-${number % 30}`,
    currency: 'EUR',
  };
  const lines: OrderLine[] = Array.from({ length: LINES }, (_, index) => ({
    lineId: randomUUID(),
    sku: `SKU-${(number * 7 + index * 13) % 4000}`,
    description: 'WHITE HANGING HEART T-LIGHT HOLDER',
    productGroup: `group-${index % 8}`,
    quantity: '6',
    unit: 'pcs',
    listPrice: '2.55',
    unitPrice: '2.55',
    amount: eur(1530),
  }));
  const total = eur(1530 * LINES);
  const shares: LineQuantityShare[] = lines.map(({ lineId, sku, productGroup = '', quantity, amount }) => ({
    lineId,
    sku,
    productGroup,
    quantity,
    amount,
  }));
  return [
    {
      type: 'OrderPlaced',
      data: {
        ...facts,
        orderNumber: String(536365 + number),
        lines,
        listTotal: total,
        total,
        dueOn: '2011-12-31',
        evidence,
      },
    },
    { type: 'GoodsIssued', data: { ...facts, issueId: randomUUID(), amount: total, lines: shares } },
    ...(number % 2 === 0
      ? [
          {
            type: 'PaymentReceived' as const,
            data: {
              ...facts,
              paymentId: randomUUID(),
              amount: total,
              method: 'synthetic',
              receivedOn: '2011-12-01',
              balanceBefore: total,
              balanceAfter: eur(0),
            },
          },
        ]
      : []),
  ];
}

function metadata(number: number): Omit<Metadata, 'schema'> {
  const day = String(1 + (number % 28)).padStart(2, '0');
  const month = String(1 + (number % 12)).padStart(2, '0');
  const commandId = randomUUID();
  return {
    commandId,
    commandDigest: 'ab'.repeat(32),
    correlationId: commandId,
    causationId: commandId,
    actor: { actorId: `manager-${number % 20}`, role: 'account-manager', branchId: `branch-${number % 3}` },
    authority: { kind: 'role', reference: 'account-manager' },
    occurredAt: `2011-${month}-${day}T12:00:00.000+01:00`,
  };
}
