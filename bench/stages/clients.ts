import { randomUUID } from 'node:crypto';
import { type Dispatcher, Pool } from 'undici';
import { call } from '../measuring/callers.js';
import type { Bench } from './bench.js';

/** A caller's connections, kept open. Asked by handlers: a promise and a stream for each answer cost a quarter more, beside what is measured. */
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
  post(path: string, body: string, expected = 201): Promise<string> {
    const headers = {
      authorization: `Bearer ${this.token}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    };
    return this.#ask({ path, method: 'POST', headers, body }, expected);
  }

  get(path: string): Promise<string> {
    return this.#ask({ path, method: 'GET', headers: { authorization: `Bearer ${this.token}` } }, 200);
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  #ask(request: Dispatcher.DispatchOptions, expected: number): Promise<string> {
    return new Promise((resolve, reject) => {
      let status = 0;
      const chunks: Buffer[] = [];
      this.#pool.dispatch(request, {
        onRequestStart() {},
        onResponseStart(_controller, statusCode) {
          status = statusCode;
        },
        onResponseData(_controller, chunk) {
          chunks.push(chunk);
        },
        onResponseEnd() {
          const text = Buffer.concat(chunks).toString();
          if (status === expected) resolve(text);
          else reject(new Error(`${request.method} ${request.path} was answered ${status}: ${text}`));
        },
        onResponseError(_controller, error) {
          reject(error);
        },
      });
    });
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
