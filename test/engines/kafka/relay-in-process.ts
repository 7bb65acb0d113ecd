import pg from 'pg';
import type { EventLog, Position } from '#kontor/event-store';
import { runRelay, type RelaySettings } from '../../../apps/projector/relay/run-relay.js';

/** A relay in this process. */
export class RelayInProcess {
  readonly #stop = new AbortController();
  readonly #databaseUrl: string;
  /** How it ended. */
  readonly ended: Promise<void>;

  constructor(log: EventLog, settings: Omit<RelaySettings, 'log'>) {
    this.#databaseUrl = settings.databaseUrl;
    this.ended = runRelay(
      { log, ...settings },
      {
        relayed: () => undefined,
        failed: () => undefined,
        kafkaLog: () => undefined,
      },
      this.#stop.signal,
    );
    this.ended.catch(() => undefined);
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
