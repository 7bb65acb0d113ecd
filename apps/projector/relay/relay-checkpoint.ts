import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { TOPIC_PREFIX } from '#kontor/contracts';
import type { Position } from '#kontor/event-store';

/** How far the relay has come: the last event that Kafka has acknowledged. */
export interface Relayed {
  readonly position: Position;
  readonly eventId: string | null;
  readonly logId: string;
}

/** Another relay has moved the checkpoint: this one no longer holds the lock and must stop where it is. */
export class RelaySuperseded extends Error {
  override readonly name = 'RelaySuperseded';
}

/** A holder that is gone without a word is noticed after 5 s + 3 × 2 s of silence. */
const sessionSettings =
  '-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3 -c tcp_user_timeout=11000';
const QUERY_DEADLINE_MS = 10_000;
const LOCK_RETRY_MS = 500;

/**
 * The one relay's lock and checkpoint, on one session: whoever loses the session loses both, so that only one relay sends,
 * but for a last batch of one that does not know yet that it has lost them.
 */
export class RelayCheckpoint {
  readonly #session: pg.Client;
  readonly #name: string;
  #relayed: Relayed | undefined;

  private constructor(session: pg.Client, name: string, relayed: Relayed | undefined) {
    this.#session = session;
    this.#name = name;
    this.#relayed = relayed;
  }

  /** Waits until no other relay holds the lock, then reads where it came to with topics of this prefix. */
  static async acquire(
    url: string,
    topicPrefix: string,
    { signal, onWaiting }: { readonly signal: AbortSignal; readonly onWaiting: () => void },
  ): Promise<RelayCheckpoint> {
    const name = nameFor(topicPrefix);
    const session = new pg.Client({
      connectionString: url,
      application_name: 'kontor relay',
      options: sessionSettings,
      keepAlive: true,
      connectionTimeoutMillis: QUERY_DEADLINE_MS,
      query_timeout: QUERY_DEADLINE_MS,
    });
    session.on('error', () => undefined); // the next query rejects
    try {
      await session.connect();
      while (!(await tryLock(session))) {
        onWaiting();
        await delay(LOCK_RETRY_MS, undefined, { signal });
      }
      return new RelayCheckpoint(session, name, await readRelayed(session, name));
    } catch (error) {
      await session.end().catch(() => undefined);
      throw error;
    }
  }

  /** Undefined before the first event. */
  get relayed(): Relayed | undefined {
    return this.#relayed;
  }

  /** Moves on from exactly where this relay left it; throws `RelaySuperseded` where another did so meanwhile. */
  async moveTo(next: Relayed): Promise<void> {
    const { rowCount } = await this.#session.query(
      `INSERT INTO read_models.relay_checkpoint AS kept (relay, position, event_id, log_id) VALUES ($1, $2, $3, $4)
       ON CONFLICT (relay) DO UPDATE SET position = $2, event_id = $3, log_id = $4, updated_at = now()
         WHERE kept.position = $5`,
      [this.#name, next.position, next.eventId, next.logId, this.#relayed?.position ?? 0n],
    );
    if (rowCount !== 1) throw new RelaySuperseded('another relay has moved the checkpoint');
    this.#relayed = next;
  }

  async release(): Promise<void> {
    await this.#session.end();
  }
}

/** Topics of another prefix get everything too, from the first event on. */
const nameFor = (topicPrefix: string): string =>
  topicPrefix === TOPIC_PREFIX ? 'kafka' : `kafka ${topicPrefix}`;

async function tryLock(session: pg.Client): Promise<boolean> {
  const { rows } = await session.query<{ locked: boolean }>(
    `SELECT pg_try_advisory_lock(hashtextextended('kontor.relay', 0)) AS locked`,
  );
  return rows[0]?.locked ?? false;
}

async function readRelayed(session: pg.Client, name: string): Promise<Relayed | undefined> {
  const { rows } = await session.query<{ position: string; event_id: string | null; log_id: string }>(
    'SELECT position, event_id, log_id FROM read_models.relay_checkpoint WHERE relay = $1',
    [name],
  );
  const [row] = rows;
  return row && { position: BigInt(row.position), eventId: row.event_id, logId: row.log_id };
}
