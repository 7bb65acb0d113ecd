import { randomUUID } from 'node:crypto';
import type { Client } from './clients.js';

const LINES = 10;
const CUSTOMERS = 500;

/** Registers customers of Anna's. @returns their ids */
export async function registerCustomers(client: Client, count = CUSTOMERS): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUID());
  await Promise.all(
    ids.map((customerId, index) =>
      client.post(
        '/v1/customers',
        JSON.stringify({
          customerId,
          naturalPerson: false,
          name: `Customer ${index}`,
          address: { country: 'United Kingdom' },
          currency: 'GBP',
          segment: 'retail',
          territory: 'United Kingdom',
          branchId: 'london',
          accountManagerId: 'anna',
        }),
      ),
    ),
  );
  return ids;
}

/** What an order of ten lines is asked for with, for each customer: ids of orders are left to the server, as tills do. */
export const orderOf = (customerId: string, number: number): object => ({
  orderNumber: String(536_365 + number),
  customerId,
  lines: Array.from({ length: LINES }, (_, line) => ({
    sku: `8512${line}A`,
    description: 'WHITE HANGING HEART HOLDER',
    productGroup: 'decoration',
    quantity: String(1 + ((number + line) % 24)),
    unitPrice: `${1 + (line % 9)}.${10 + line}`,
  })),
});
