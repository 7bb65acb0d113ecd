import { randomUUID } from 'node:crypto';
import { type ExpectedRevision, openEventLog } from '#kontor/event-store';
import { call, type Calls } from '../measuring/callers.js';
import { openEmmett } from '../peers/emmett.js';
import { orderData, orderMetadata, orderPlaced } from './order-event.js';
import type { Bench } from './bench.js';

/** All callers append to one stream, and try again on what the answer tells where another was faster. */
export async function competeInKontor(bench: Bench, url: string, callers: number): Promise<Calls> {
  const log = await openEventLog(url);
  const stream = `order-${randomUUID()}`;
  const known = Array.from<ExpectedRevision>({ length: callers }).fill('no-stream');
  try {
    return await call(callers, bench.pace.seconds, bench.signal, async (caller) => {
      const events = [orderPlaced()];
      for (;;) {
        const outcome = await log.append(stream, known[caller] ?? 'no-stream', events);
        if (outcome.kind === 'appended') {
          known[caller] = outcome.revision;
          return;
        }
        if (outcome.kind !== 'wrong-expected-revision')
          throw new Error(`an append was answered ${outcome.kind}`);
        known[caller] = outcome.actual;
      }
    });
  } finally {
    await log.close();
  }
}

/** The same by Emmett's store, which says that another was faster, but not how far the stream has come: that is read, from what is known on. */
export async function competeInEmmett(bench: Bench, url: string, callers: number): Promise<Calls> {
  const emmett = await openEmmett(url, callers);
  const stream = `order-${randomUUID()}`;
  const events = [{ type: 'OrderPlaced', data: orderData, metadata: orderMetadata }];
  const known = Array.from({ length: callers }, () => 0n);
  try {
    return await call(callers, bench.pace.seconds, bench.signal, async (caller) => {
      for (;;) {
        const from = known[caller] ?? 0n;
        try {
          const { nextExpectedStreamVersion } = await emmett.store.appendToStream(stream, events, {
            expectedStreamVersion: from || 'STREAM_DOES_NOT_EXIST',
          });
          known[caller] = nextExpectedStreamVersion;
          return;
        } catch (failure) {
          if (!emmett.isConflict(failure)) throw failure;
          known[caller] = (await emmett.store.readStream(stream, { from })).currentStreamVersion;
        }
      }
    });
  } finally {
    await emmett.close();
  }
}
