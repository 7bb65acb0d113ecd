import { Client } from '#kontor/postgres';
import type { Position } from '../port.js';
import { Backoff } from './backoff.js';
import { sessionOptions } from './connections.js';

/** A connection that hears of appends; replaced when it breaks, or when its owner finds it silent. */
export class Listener {
  #client: Client | undefined;

  constructor(
    private readonly url: string,
    private readonly deadlineMs: number,
    private readonly onPosition: (position: Position) => void,
  ) {}

  /** Listens until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const backoff = new Backoff();
    while (!signal.aborted) {
      const client = new Client(sessionOptions(this.url, this.deadlineMs));
      const ended = new Promise<void>((resolve) => {
        client.once('end', resolve);
        client.once('error', () => resolve());
      });
      client.on('error', () => undefined);
      client.on('notification', ({ payload }) => this.onPosition(BigInt(payload ?? 0)));
      const end = () => client.hangUp();
      signal.addEventListener('abort', end, { once: true });
      try {
        await client.connect();
        await client.query('listen event_log');
        this.#client = client;
        backoff.succeeded();
        await ended;
      } catch {
        // As if it had broken later.
      }
      signal.removeEventListener('abort', end);
      client.hangUp();
      await backoff.pause(signal);
    }
  }

  /** Gives the present connection up; `run` makes another. */
  replace(): void {
    this.#client?.hangUp();
    this.#client = undefined;
  }
}
