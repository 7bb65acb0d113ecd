import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { EventLog, Position } from '#kontor/event-store';
import {
  type RelayOptions,
  RelayRunner,
  type RelayStatus,
} from '../../../apps/projector/relay/relay-runner.js';

/** A relay in this process. */
export class RelayInProcess {
  readonly #stop = new AbortController();
  readonly #databaseUrl: string;
  readonly #runner: RelayRunner;
  #troubles = 0;
  /** How it ended. */
  readonly ended: Promise<void>;

  constructor(log: EventLog, options: Omit<RelayOptions, 'log'>) {
    this.#databaseUrl = options.databaseUrl;
    this.#runner = new RelayRunner({ log, ...options, onTrouble: () => this.#troubles++ });
    this.ended = this.#runner.run(this.#stop.signal);
    this.ended.catch(() => undefined);
  }

  get status(): RelayStatus {
    return this.#runner.status;
  }

  /** Settles when this relay has published up to the position and no further. */
  async comesTo(position: Position): Promise<void> {
    while (this.status.position !== position) await pause(20);
  }

  /** Settles when so many tries have failed; rejects when the relay ends before. */
  async failsTimes(count: number): Promise<void> {
    const ended = this.ended.then(() => {
      throw new Error('the relay ended');
    });
    while (this.#troubles < count) await Promise.race([pause(20), ended]);
  }

  /** Settles when some relay has published up to the position. */
  async reaches(position: Position): Promise<void> {
    const pool = new pg.Pool({ connectionString: this.#databaseUrl, max: 1 });
    try {
      for (let reached = -1n; reached < position;) {
        const { rows } = await pool.query<{ position: string }>(
          'SELECT position FROM read_models.relay_checkpoint',
        );
        reached = BigInt(rows[0]?.position ?? -1);
      }
    } finally {
      await pool.end();
    }
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.ended;
  }
}
