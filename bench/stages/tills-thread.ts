import { parentPort, workerData } from 'node:worker_threads';
import { callSteadily, type Load } from '../measuring/open-loop.js';
import { BarePath } from './bare-path.js';
import { Client } from './clients.js';

export interface TillsSetting {
  readonly commandUrl: string;
  readonly queryUrl: string;
  readonly token: string;
  readonly customers: readonly string[];
  /** What each customer orders. */
  readonly orders: readonly string[];
  /** A database with the bare path's table. */
  readonly bareUrl: string;
}

/** What a till looks at after it has written: the customer's sales history, the order that it placed, or the report of the bare path. */
export type View = 'sales history' | 'order' | 'bare';

/** Milliseconds of each acknowledged write that was followed up, or why there are none. */
export type Answer = { readonly lags: number[] } | { readonly failure: string };

const CONNECTIONS = 64;

const { commandUrl, queryUrl, token, customers, orders, bareUrl } = workerData as TillsSetting;
const commands = new Client(commandUrl, token, CONNECTIONS);
const reports = new Client(queryUrl, token, CONNECTIONS);
const bare = await BarePath.open(bareUrl);

let next = 0;
async function place() {
  const number = next++ % orders.length;
  const { orderId, position } = JSON.parse(await commands.post('/v1/orders', orders[number] ?? '')) as {
    orderId: string;
    position: string;
  };
  return { customer: customers[number], orderId, position };
}

type Placed = Awaited<ReturnType<typeof place>>;

const seeing = (pathTo: (placed: Placed) => string) => (load: Load) =>
  callSteadily(load, place, async (placed) => {
    const begun = performance.now();
    await reports.get(pathTo(placed));
    return performance.now() - begun;
  });

const lagsOf: Record<View, (load: Load) => Promise<number[]>> = {
  'sales history': seeing(
    ({ customer, position }) => `/v1/customers/${customer}/sales-history?atLeast=${position}&limit=1`,
  ),
  order: seeing(({ orderId, position }) => `/v1/orders/${orderId}?atLeast=${position}`),
  bare: (load) => bare.lags(load),
};

parentPort?.on('message', ({ view, load }: { view: View; load: Load }) => {
  const answer: Promise<Answer> = lagsOf[view](load).then(
    (lags) => ({ lags }),
    (error: unknown) => ({ failure: String(error) }),
  );
  void answer.then((message) => parentPort?.postMessage(message));
});
