/**
 * How many orders of 25 lines one command API takes through `/v1/commands`, and what each costs its process in CPU time:
 * the figure that counts where client and database share the machine.
 *
 *     node --conditions=source --import ./test/support/typescript.mjs bench/place-orders.ts
 */
import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { createInterface } from 'node:readline';
import { InMemoryEventLog, openEventLog } from '#kontor/event-store';
import { Office } from '../test/command-api/support.js';
import { startDatabaseServer } from '../test/support/database-server.js';
import { startDatabase } from '../test/support/database.js';

const ORDERS = Number(process.env.ORDERS ?? 6_000);
const ROUNDS = Number(process.env.ROUNDS ?? 3);
const LINES = 25;
const CUSTOMERS = 50;

const server = process.env.LOG === 'memory' ? undefined : await startDatabaseServer();
const database = server && (await startDatabase(server.superuserUrl));
const office = await Office.open(database ? openEventLog(database.commandUrl) : new InMemoryEventLog());
await office.app.listen(0, '127.0.0.1');
const address = office.app.getHttpServer().address();
const port = typeof address === 'object' ? address?.port : undefined;
const customers = await Promise.all(Array.from({ length: CUSTOMERS }, () => office.customer()));

const orderLine = (round: number, index: number): string =>
  `${JSON.stringify({
    command: 'PlaceOrder',
    idempotencyKey: `${round}-${index}`,
    body: {
      orderId: randomUUID(),
      orderNumber: String(500_000 + index),
      customerId: customers[index % CUSTOMERS],
      occurredAt: '2011-11-30T14:05:00Z',
      lines: Array.from({ length: LINES }, (_, line) => ({
        sku: `8512${line}A`,
        description: 'WHITE HANGING HEART T-LIGHT HOLDER',
        productGroup: 'decoration',
        quantity: String(1 + ((index + line) % 24)),
        unitPrice: `${1 + (line % 9)}.${10 + line}`,
      })),
    },
  })}\n`;

async function round(number: number): Promise<void> {
  const body = Buffer.concat(
    Array.from({ length: ORDERS }, (_, index) => Buffer.from(orderLine(number, index))),
  );
  const statuses = new Map<number, number>();
  const cpu = process.cpuUsage();
  const began = performance.now();
  await new Promise<void>((resolve, reject) => {
    const call = request(
      {
        port,
        path: '/v1/commands',
        method: 'POST',
        headers: { authorization: `Bearer ${office.token('anna')}`, 'content-type': 'application/x-ndjson' },
      },
      (answer) => {
        createInterface({ input: answer })
          .on('line', (line) => {
            const { status } = JSON.parse(line) as { status: number };
            statuses.set(status, (statuses.get(status) ?? 0) + 1);
          })
          .on('close', resolve);
      },
    );
    call.on('error', reject);
    call.end(body);
  });
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const perOrder = ((user + system) / ORDERS).toFixed(0);
  console.log(
    `${(ORDERS / seconds).toFixed(0)} orders/s, ${perOrder} µs of CPU each (with this client's)`,
    Object.fromEntries(statuses),
  );
}

for (let number = 0; number < ROUNDS; number++) await round(number);
await office.close();
await database?.drop();
await server?.stop();
