import { setTimeout as delay } from 'node:timers/promises';
import { type EventLog, LogReplaced } from '#kontor/event-store';
import {
  ensureTopics,
  KafkaFailure,
  kafkaClient,
  type KafkaLog,
  Publisher,
  TopicsUnusable,
} from '#kontor/kafka';
import { relay } from './relay.js';
import { RelayCheckpoint } from './relay-checkpoint.js';

export interface RelaySettings {
  readonly log: EventLog;
  /** Where the checkpoint is kept, as the role that owns the read models. */
  readonly databaseUrl: string;
  readonly brokers: readonly string[];
  /** Of each topic, settled when it is made. */
  readonly partitions: number;
}

/** What a relay tells of itself. */
export interface RelayObserver {
  relayed(events: number, position: bigint): void;
  /** It is no longer the one that relays. */
  released?(): void;
  /** A try failed; it goes on. */
  failed(message: string, error: unknown): void;
  readonly kafkaLog: KafkaLog;
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Relays until the signal aborts, through whatever outage of Kafka, of the log or of the database. Rejects only where waiting
 * mends nothing: the log is not the one that was published, the topics are not as they must be, Kafka refuses an event.
 */
export async function runRelay(
  settings: RelaySettings,
  observer: RelayObserver,
  signal: AbortSignal,
): Promise<void> {
  const kafka = kafkaClient({ brokers: settings.brokers, clientId: 'kontor-relay', log: observer.kafkaLog });
  const publisher = new Publisher(kafka, (failure) => observer.failed('Kafka did not acknowledge', failure));
  let pause = FIRST_PAUSE_MS;
  try {
    while (!signal.aborted) {
      try {
        const checkpoint = await RelayCheckpoint.acquire(settings.databaseUrl, signal);
        try {
          const partitions = await ensureTopics(kafka, settings.partitions);
          const onRelayed = (events: number) => {
            pause = FIRST_PAUSE_MS;
            observer.relayed(events, checkpoint.relayed?.position ?? 0n);
          };
          onRelayed(0);
          await relay({ log: settings.log, publisher, partitions, checkpoint, onRelayed }, signal);
        } finally {
          observer.released?.();
          await checkpoint.release().catch(() => undefined);
        }
      } catch (error) {
        if (signal.aborted) return;
        if (isFinal(error)) throw error;
        observer.failed('the relay was interrupted and starts again', error);
        await delay(pause, undefined, { signal }).catch(() => undefined);
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      }
    }
  } finally {
    await publisher.close().catch(() => undefined);
  }
}

const isFinal = (error: unknown): boolean =>
  error instanceof LogReplaced ||
  error instanceof TopicsUnusable ||
  (error instanceof KafkaFailure && error.kind === 'refused');
