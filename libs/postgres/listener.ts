import type pg from 'pg';
import { Backoff } from '#kontor/waiting';
import { Client } from './client.js';

/**
 * A connection that hears what is told on a channel; replaced when it breaks, or when its owner finds it silent. Whoever may connect
 * may tell something: what is heard is a hint, and what can't be read is passed over.
 */
export class Listener {
  #client: Client | undefined;

  constructor(
    private readonly session: pg.ClientConfig,
    private readonly channel: string,
    /** Throws where it can't read the payload. */
    private readonly hear: (payload: string) => void,
  ) {}

  /** Listens until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const backoff = new Backoff();
    while (!signal.aborted) {
      const client = new Client(this.session);
      const ended = new Promise<void>((resolve) => {
        client.once('end', resolve);
        client.once('error', () => resolve());
      });
      client.on('error', () => undefined);
      client.on('notification', ({ payload }) => this.#take(payload ?? ''));
      const end = () => client.hangUp();
      signal.addEventListener('abort', end, { once: true });
      try {
        await client.connect();
        await client.query(`listen ${this.channel}`);
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

  #take(payload: string): void {
    try {
      this.hear(payload);
    } catch {
      // Not in the words of this channel.
    }
  }

  /** Gives the present connection up; `run` makes another. */
  replace(): void {
    this.#client?.hangUp();
    this.#client = undefined;
  }
}
