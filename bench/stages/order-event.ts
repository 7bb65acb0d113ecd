import { randomUUID } from 'node:crypto';
import type { EventToAppend } from '#kontor/event-store';

const line = (number: number) => ({
  lineId: randomUUID(),
  sku: `8512${number}A`,
  description: 'WHITE HANGING HEART T-LIGHT HOLDER',
  quantity: '6',
  unit: 'pcs',
  listPrice: '2.55',
  unitPrice: '2.55',
  amount: { amount: 1530, currency: 'GBP' },
});

const commandId = randomUUID();

/** What an order with three lines looks like in the log: 1 kB of data. */
export const orderData: object = {
  orderId: randomUUID(),
  orderNumber: '536365',
  customerId: randomUUID(),
  branchId: 'london',
  accountManagerId: 'anna',
  territory: 'United Kingdom',
  currency: 'GBP',
  lines: [line(1), line(2), line(3)],
  listTotal: { amount: 4590, currency: 'GBP' },
  total: { amount: 4590, currency: 'GBP' },
  dueOn: '2011-12-30',
  evidence: { policyId: 'shipped', policyVersion: 1, ruleId: 'account-manager', averageRate: 0, limit: 1000 },
};

export const orderMetadata: object = {
  commandId,
  commandDigest: 'ab'.repeat(32),
  correlationId: commandId,
  causationId: commandId,
  actor: { actorId: 'anna', role: 'account-manager', branchId: 'london' },
  authority: { kind: 'role', reference: 'account-manager' },
  occurredAt: '2011-11-30T14:05:00.000+00:00',
  schema: 1,
};

/** A new one, ready for the log, as the codec makes it. Serialised each time anew, as peers that take objects do it too. */
export const orderPlaced = (): EventToAppend => ({
  eventId: randomUUID(),
  type: 'OrderPlaced',
  data: JSON.stringify(orderData),
  metadata: JSON.stringify(orderMetadata),
  printed: { data: orderData, metadata: orderMetadata },
});
