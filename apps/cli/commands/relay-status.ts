import type pg from 'pg';
import { request } from 'undici';
import type { Addresses } from '../stack/running-stack.js';
import { lagOf } from './lag.js';

export interface RelayStatus {
  readonly position: string;
  readonly lag: string;
  /** As the projector says: `running`, `backing-off` and so on. Undefined where none could be asked. */
  readonly state?: string;
  /** Why it backs off. */
  readonly error?: string;
}

/** How far events have gone to Kafka; undefined where nothing was ever relayed, nor is. */
export async function readRelay(
  database: pg.Client,
  head: bigint,
  addresses: Addresses | undefined,
): Promise<RelayStatus | undefined> {
  const [told, { rows }] = await Promise.all([
    addresses && askProjector(addresses.projectorUrl),
    // Another prefix of the topics has a checkpoint of its own.
    database.query<{ position: string }>(
      'SELECT position FROM read_models.relay_checkpoint ORDER BY updated_at DESC LIMIT 1',
    ),
  ]);
  const [relayed] = rows;
  if (!told && !relayed) return undefined;
  const position = BigInt(told?.position ?? relayed?.position ?? 0);
  return {
    position: String(position),
    lag: lagOf(head, position),
    ...(told && { state: told.state }),
    ...(told?.error !== undefined && { error: told.error }),
  };
}

interface Told {
  readonly state: string;
  readonly position?: string;
  readonly error?: string;
}

const ANSWERS_WITHIN_MS = 3_000;

async function askProjector(projectorUrl: string): Promise<Told | undefined> {
  try {
    const { body } = await request(`${projectorUrl}/health/ready`, {
      signal: AbortSignal.timeout(ANSWERS_WITHIN_MS),
    });
    const { checks } = (await body.json()) as { readonly checks?: { readonly relay?: Told } };
    return checks?.relay;
  } catch {
    return undefined; // it may be about to start again; what the database holds is told all the same
  }
}

export function relayText({ position, lag, state, error }: RelayStatus): string {
  const trouble = error === undefined ? '' : `: ${error}`;
  return `Relay to Kafka at position ${position}, lag ${lag}${state === undefined ? '' : `, ${state}${trouble}`}`;
}
