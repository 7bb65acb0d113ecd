import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { request } from 'undici';
import type { Bench } from './bench.js';
import type { Service } from './office.js';

/** Lines that go out as one chunk. */
const CHUNK = 64;

/** Places orders through one stream of lines, reading answers while it writes. @returns orders a second */
export async function streamOrders(
  bench: Bench,
  { url }: Service,
  token: string,
  orders: readonly object[],
): Promise<number> {
  const begun = performance.now();
  const end = begun + bench.pace.seconds * 1_000;
  const { statusCode, body } = await request(`${url}/v1/commands`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' },
    body: Readable.from(chunksUntil(end, orders), { objectMode: false }),
    signal: bench.signal,
  });
  if (statusCode !== 200) throw new Error(`the stream was answered ${statusCode}: ${await body.text()}`);
  let answers = 0;
  for await (const line of createInterface({ input: body })) {
    const { status } = JSON.parse(line) as { status: number };
    if (status !== 201) throw new Error(`a line was answered ${line}`);
    answers++;
  }
  return (answers / (performance.now() - begun)) * 1_000;
}

function* chunksUntil(end: number, orders: readonly object[]): Generator<string> {
  for (let next = 0; performance.now() < end;) {
    let chunk = '';
    for (let line = 0; line < CHUNK; line++, next++) {
      const body = orders[next % orders.length];
      chunk += `${JSON.stringify({ command: 'PlaceOrder', idempotencyKey: randomUUID(), body })}\n`;
    }
    yield chunk;
  }
}
