import { randomUUID } from 'node:crypto';
import { EventStoreDBClient, jsonEvent, NO_STREAM } from '@eventstore/db-client';
import { call } from '../measuring/callers.js';
import type { Bench } from './bench.js';
import { orderData, orderMetadata } from './order-event.js';

/** Where a server to measure with can be reached; by default there is none. */
export const eventStoreDbUrl = process.env['KONTOR_BENCH_EVENTSTOREDB_URL'];

/**
 * With credentials, which a server without TLS is not told, the client appends as Kontor lets it, by a call each: its other way can
 * end the process. And no call without a deadline.
 */
const options = {
  credentials: { username: 'none', password: 'none' },
  requiresLeader: true,
  deadline: 2_000,
};

/** Every caller appends to a stream of its own by the client that Kontor uses, and by nothing else. */
export async function appendByBareClient(bench: Bench, url: string, callers: number): Promise<number> {
  const client = EventStoreDBClient.connectionString(url);
  const round = randomUUID();
  const revisions = Array.from<bigint | typeof NO_STREAM>({ length: callers }).fill(NO_STREAM);
  try {
    const { perSecond } = await call(callers, bench.pace.seconds, bench.signal, async (caller) => {
      const event = jsonEvent({
        type: 'OrderPlaced',
        data: orderData as Record<string, unknown>,
        metadata: orderMetadata as Record<string, unknown>,
      });
      const { nextExpectedRevision } = await client.appendToStream(`order-${round}-${caller}`, event, {
        expectedRevision: revisions[caller] ?? NO_STREAM,
        ...options,
      });
      revisions[caller] = nextExpectedRevision;
    });
    return perSecond;
  } finally {
    await client.dispose();
  }
}
