import { randomUUID } from 'node:crypto';
import type { EventLog } from '#kontor/event-store';
import { call } from '../measuring/callers.js';
import { openEmmett } from '../peers/emmett.js';
import type { Bench } from './bench.js';
import { orderData, orderMetadata, orderPlaced } from './order-event.js';

/** Every caller appends to a stream of its own, an event a call. */
export async function appendToKontor(bench: Bench, log: EventLog, callers: number): Promise<number> {
  const round = randomUUID();
  const revisions = Array.from({ length: callers }, () => -1);
  const { perSecond } = await call(callers, bench.pace.seconds, bench.signal, async (caller) => {
    const last = revisions[caller] ?? -1;
    const expected = last < 0 ? 'no-stream' : last;
    const outcome = await log.append(`order-${round}-${caller}`, expected, [orderPlaced()]);
    if (outcome.kind !== 'appended') throw new Error(`a stream of one's own was answered ${outcome.kind}`);
    revisions[caller] = outcome.revision;
  });
  return perSecond;
}

/** The same by Emmett's store, with as many connections as callers. */
export async function appendToEmmett(bench: Bench, url: string, callers: number): Promise<number> {
  const emmett = await openEmmett(url, callers);
  try {
    const round = randomUUID();
    const versions = Array.from<bigint | undefined>({ length: callers });
    // Connections are opened before the clock runs, as the others' are.
    const warm = (caller: number) => emmett.store.readStream(`order-${round}-${caller}`, { from: 0n });
    await Promise.all(versions.keys().map(warm));
    const { perSecond } = await call(callers, bench.pace.seconds, bench.signal, async (caller) => {
      const { nextExpectedStreamVersion } = await emmett.store.appendToStream(
        `order-${round}-${caller}`,
        [{ type: 'OrderPlaced', data: orderData, metadata: orderMetadata }],
        { expectedStreamVersion: versions[caller] ?? 'STREAM_DOES_NOT_EXIST' },
      );
      versions[caller] = nextExpectedStreamVersion;
    });
    return perSecond;
  } finally {
    await emmett.close();
  }
}
