import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { LogReplaced } from '#kontor/event-store';
import { UnreadableMessage } from '#kontor/contracts';
import { FeedCutOff, type KafkaCluster, kafkaClient, type KafkaLog, partitionsOf } from '#kontor/kafka';
import {
  CheckpointMoved,
  countParked,
  FeedBroken,
  readCheckpoints,
  type RunnerOptions,
  type RunnerStatus,
  type RunState,
} from '#kontor/read-models';
import { Backoff } from '#kontor/waiting';
import { feedSession } from './feed-session.js';

/** As a runner that follows the log, of which only the identity and the end are asked here: the events come from Kafka. */
export interface FeedRunnerOptions
  extends
    KafkaCluster,
    Pick<RunnerOptions, 'log' | 'databaseUrl' | 'projections' | 'viewStatements' | 'onBatch' | 'onTrouble'> {
  /** What the names of the topics begin with. */
  readonly topicPrefix: string;
  /** Consumers of one group share the partitions: processes that keep up the same read models. */
  readonly group: string;
  readonly kafkaLog?: KafkaLog;
}

const WATCH_MS = 1_000;

/** Keeps read models up from Kafka, together with whatever other processes do the same. */
export class FeedRunner {
  readonly #options: Required<FeedRunnerOptions>;
  readonly #reached = new Map<string, { position: bigint; at: number }>();
  #state: RunState = 'starting';
  #error: unknown;
  #head: bigint | undefined;
  #parked: ReadonlyMap<string, number> = new Map();

  constructor(options: FeedRunnerOptions) {
    const silent = () => undefined;
    this.#options = {
      viewStatements: [],
      onBatch: silent,
      onTrouble: silent,
      kafkaLog: silent,
      security: {},
      ...options,
    };
    for (const { name } of options.projections) this.#reached.set(name, { position: 0n, at: Date.now() });
  }

  get status(): readonly RunnerStatus[] {
    return this.#options.projections.map(({ name, version }) => {
      const { position, at } = this.#reached.get(name) ?? { position: 0n, at: 0 };
      const lag = this.#head === undefined ? undefined : this.#head - position;
      return {
        projection: name,
        version,
        state: this.#state,
        position,
        lag: lag !== undefined && lag < 0n ? 0n : lag,
        parked: this.#parked.get(name) ?? 0,
        progressedAt: at,
        ...(this.#error === undefined ? {} : { error: String(this.#error) }),
      };
    });
  }

  /** Until the signal aborts, through outages; rejects only with what waiting does not mend. */
  async run(signal: AbortSignal): Promise<void> {
    const failed = new AbortController();
    const stop = AbortSignal.any([signal, failed.signal]);
    const [fed] = await Promise.allSettled([
      this.#feed(stop).finally(() => failed.abort()),
      this.#watch(stop),
    ]);
    this.#state = 'stopped';
    if (fed.status === 'rejected') throw fed.reason;
  }

  async #feed(signal: AbortSignal): Promise<void> {
    const { brokers, security, topicPrefix, kafkaLog: log, onTrouble } = this.#options;
    const kafka = kafkaClient({ brokers, security, clientId: 'kontor-projector', log });
    const backoff = new Backoff();
    while (!signal.aborted) {
      try {
        const partitions = await partitionsOf(kafka, topicPrefix);
        this.#state = 'running';
        this.#error = undefined;
        const onMoved = () => backoff.succeeded();
        await feedSession(kafka, partitions, { ...this.#options, onMoved }, signal);
      } catch (error) {
        if (signal.aborted) return;
        if (isFinal(error)) throw error;
        if (error instanceof CheckpointMoved) continue;
        this.#state = 'backing-off';
        this.#error = error;
        onTrouble('feed', error);
        await backoff.pause(signal);
      }
    }
  }

  /** What no message tells: how far all processes together have come, and the log meanwhile. */
  async #watch(signal: AbortSignal): Promise<void> {
    const pool = new pg.Pool({ connectionString: this.#options.databaseUrl, max: 1 });
    pool.on('error', () => undefined);
    try {
      while (!signal.aborted) {
        const [head, parked, checkpoints] = await Promise.allSettled([
          this.#options.log.head(),
          countParked(pool),
          readCheckpoints(pool),
        ]);
        if (head.status === 'fulfilled') this.#head = head.value.position;
        if (parked.status === 'fulfilled') this.#parked = parked.value;
        if (checkpoints.status === 'fulfilled')
          for (const [projection, { position }] of checkpoints.value)
            this.#noteProgress(projection, position);
        await delay(WATCH_MS, undefined, { signal }).catch(() => undefined);
      }
    } finally {
      await pool.end();
    }
  }

  #noteProgress(projection: string, position: bigint): void {
    const isLevel = this.#head !== undefined && position >= this.#head;
    if (isLevel || position !== this.#reached.get(projection)?.position)
      this.#reached.set(projection, { position, at: Date.now() });
  }
}

const isFinal = (error: unknown): boolean =>
  error instanceof LogReplaced ||
  error instanceof FeedBroken ||
  error instanceof FeedCutOff ||
  error instanceof UnreadableMessage;
