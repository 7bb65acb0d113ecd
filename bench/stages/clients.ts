import { randomUUID } from 'node:crypto';
import { Pool } from 'undici';
import { call } from '../measuring/callers.js';
import type { Bench } from './bench.js';

/** A caller's connections, kept open. */
export class Client {
  readonly #pool: Pool;

  constructor(
    url: string,
    private readonly token: string,
    connections: number,
  ) {
    this.#pool = new Pool(url, { connections, pipelining: 1 });
  }

  /** @throws unless it is answered with the status that is expected */
  async post(path: string, body: string, expected = 201): Promise<string> {
    const { statusCode, body: answer } = await this.#pool.request({
      path,
      method: 'POST',
      headers: {
        authorization: `Bearer ${this.token}`,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
      body,
    });
    const text = await answer.text();
    if (statusCode !== expected) throw new Error(`POST ${path} was answered ${statusCode}: ${text}`);
    return text;
  }

  async get(path: string): Promise<string> {
    const { statusCode, body } = await this.#pool.request({
      path,
      method: 'GET',
      headers: { authorization: `Bearer ${this.token}` },
    });
    const text = await body.text();
    if (statusCode !== 200) throw new Error(`GET ${path} was answered ${statusCode}: ${text}`);
    return text;
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}

/** Places orders one after the other over each of so many connections. @returns orders a second */
export async function placeOrders(
  bench: Bench,
  client: Client,
  orders: readonly string[],
  connections: number,
): Promise<number> {
  let next = 0;
  const { perSecond } = await call(connections, bench.pace.seconds, bench.signal, () =>
    client.post('/v1/orders', orders[next++ % orders.length] ?? ''),
  );
  return perSecond;
}
