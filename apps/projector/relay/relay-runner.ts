import { type EventLog, LogReplaced, type Position } from '#kontor/event-store';
import {
  ensureTopics,
  type KafkaCluster,
  KafkaFailure,
  kafkaClient,
  type KafkaLog,
  Publisher,
  type TopicSettings,
} from '#kontor/kafka';
import type { RunState } from '#kontor/read-models';
import { Backoff } from '#kontor/waiting';
import { relay } from './relay.js';
import { RelayCheckpoint } from './relay-checkpoint.js';

export interface RelayOptions extends KafkaCluster, TopicSettings {
  readonly log: EventLog;
  /** Where the checkpoint is kept, as the role that owns the read models. */
  readonly databaseUrl: string;
  readonly onRelayed?: (events: number) => void;
  /** A try failed and is made again. */
  readonly onTrouble?: (what: string, error: unknown) => void;
  readonly kafkaLog?: KafkaLog;
}

export interface RelayStatus {
  readonly state: Exclude<RunState, 'rebuilding'>;
  /** What Kafka has of the log; undefined where another process relays. */
  readonly position?: Position;
  /** Why it backs off. */
  readonly error?: string;
}

const silent = () => undefined;

/** Relays the log to Kafka, from where a relay came to before. */
export class RelayRunner {
  readonly #options: Required<RelayOptions>;
  readonly #publisher: Publisher;
  readonly #kafka: ReturnType<typeof kafkaClient>;
  /** The last that was held, by which is known what Kafka has; none where another process holds it. */
  #checkpoint: RelayCheckpoint | undefined;
  #state: RelayStatus['state'] = 'starting';
  #error: unknown;
  readonly #backoff = new Backoff();

  constructor(options: RelayOptions) {
    this.#options = { onRelayed: silent, onTrouble: silent, kafkaLog: silent, security: {}, ...options };
    const { brokers, security, kafkaLog: log } = this.#options;
    this.#kafka = kafkaClient({ brokers, security, clientId: 'kontor-relay', log });
    this.#publisher = new Publisher(this.#kafka, (failure) =>
      this.#enterTrouble('Kafka did not acknowledge', failure),
    );
  }

  get status(): RelayStatus {
    const position = this.#checkpoint && (this.#checkpoint.relayed?.position ?? 0n);
    return {
      state: this.#state,
      ...(position === undefined ? {} : { position }),
      ...(this.#error === undefined ? {} : { error: String(this.#error) }),
    };
  }

  /**
   * Until the signal aborts, through whatever outage of Kafka, of the log or of the database, and for as long as Kafka refuses what it is
   * sent: its operators can mend that. Rejects only with `LogReplaced`, which waiting does not mend.
   */
  async run(signal: AbortSignal): Promise<void> {
    try {
      while (!signal.aborted) {
        try {
          await this.#inSession(signal);
        } catch (error) {
          if (error instanceof LogReplaced) throw error;
          if (signal.aborted) break;
          this.#enterTrouble('the relay was interrupted', error);
          await this.#backoff.pause(signal);
        }
      }
    } finally {
      this.#enter('stopped');
      await this.#publisher.close().catch(silent);
    }
  }

  async #inSession(signal: AbortSignal): Promise<void> {
    const { databaseUrl, topicPrefix, log } = this.#options;
    const checkpoint = await RelayCheckpoint.acquire(databaseUrl, topicPrefix, {
      signal,
      onWaiting: () => {
        this.#checkpoint = undefined;
        this.#enter('waiting-for-lock');
      },
    });
    this.#checkpoint = checkpoint;
    try {
      const partitions = await ensureTopics(this.#kafka, this.#options);
      const isFirstOneByOne = this.#wasRefused;
      if (!this.#wasRefused) this.#enter('running');
      await relay(
        {
          log,
          publisher: this.#publisher,
          partitions,
          topicPrefix,
          checkpoint,
          isFirstOneByOne,
          onAcknowledged: (events) => this.#noteProgress(events),
        },
        signal,
      );
    } finally {
      await checkpoint.release().catch(silent);
    }
  }

  /** An event must pass then before all is well: that a watermark passes says nothing. */
  get #wasRefused(): boolean {
    return this.#error instanceof KafkaFailure && this.#error.kind === 'refused';
  }

  #noteProgress(events: number): void {
    if (events === 0 && this.#wasRefused) return;
    this.#enter('running');
    this.#backoff.succeeded();
    this.#options.onRelayed(events);
  }

  #enter(state: RelayStatus['state']): void {
    this.#state = state;
    this.#error = undefined;
  }

  #enterTrouble(what: string, error: unknown): void {
    this.#state = 'backing-off';
    this.#error = error;
    this.#options.onTrouble(what, error);
  }
}
