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
  const { position } = JSON.parse(await commands.post('/v1/orders', orders[number] ?? '')) as {
    position: string;
  };
  return { customer: customers[number], position };
}

async function see({ customer, position }: Awaited<ReturnType<typeof place>>): Promise<number> {
  const begun = performance.now();
  await reports.get(`/v1/customers/${customer}/sales-history?atLeast=${position}&limit=1`);
  return performance.now() - begun;
}

const sides = {
  kontor: (load: Load) => callSteadily(load, place, see),
  bare: (load: Load) => bare.lags(load),
};

parentPort?.on('message', ({ side, load }: { side: keyof typeof sides; load: Load }) => {
  const answer: Promise<Answer> = sides[side](load).then(
    (lags) => ({ lags }),
    (error: unknown) => ({ failure: String(error) }),
  );
  void answer.then((message) => parentPort?.postMessage(message));
});
