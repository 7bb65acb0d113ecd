import type { EachBatchPayload, Kafka, KafkaMessage } from 'kafkajs';
import type { CloudEventMessage } from '#kontor/contracts';

/** Messages that follow each other in a partition. */
export interface FeedBatch {
  readonly topic: string;
  readonly partition: number;
  readonly messages: readonly { readonly offset: bigint; readonly message: CloudEventMessage }[];
}

/** Where the partition is to be read on. */
export interface FeedStanding {
  readonly nextOffset: bigint;
  /** Where some of those who take the messages stand until `resume` is called, if any do; then it is read from there again. */
  readonly heldAt?: bigint;
  /** All of them do. */
  readonly isHeld: boolean;
}

export interface FeedOptions {
  readonly kafka: Kafka;
  /** Processes of one group share the partitions. */
  readonly groupId: string;
  readonly topics: readonly string[];
  /** A member that is silent for so long loses its partitions to the others. */
  readonly sessionTimeoutMs: number;
  /** One at a time. What it throws ends the consuming. */
  readonly onBatch: (batch: FeedBatch) => Promise<FeedStanding>;
}

/** So often a partition may be asked for an offset and bring a later one before it counts as cut off. */
const TRIES_AT_A_GAP = 5;

/** What stood at the offset is no longer there: the beginning of the partition was removed. */
export class FeedCutOff extends Error {
  override readonly name = 'FeedCutOff';
}

/**
 * A member of a consumer group that keeps no offsets in Kafka: whoever takes the messages says where to go on. A batch that does not
 * begin there, as after each rebalance, is answered with the right offset, which is sought.
 */
export class FeedConsumer {
  readonly #options: FeedOptions;
  readonly #held = new Map<string, () => void>();
  readonly #gaps = new Map<string, number>();

  constructor(options: FeedOptions) {
    this.#options = options;
  }

  /** Until the signal aborts; rejects with what `onBatch` threw. An outage of the cluster is waited out. */
  async run(signal: AbortSignal): Promise<void> {
    const { kafka, groupId, topics, sessionTimeoutMs } = this.#options;
    const ended = Promise.withResolvers<void>();
    ended.promise.catch(() => undefined); // it may fail before it is waited for
    signal.addEventListener('abort', () => ended.resolve(), { once: true });
    const consumer = kafka.consumer({
      groupId,
      sessionTimeout: sessionTimeoutMs,
      rebalanceTimeout: sessionTimeoutMs * 2,
      heartbeatInterval: Math.floor(sessionTimeoutMs / 5),
      maxBytesPerPartition: 2 * 1024 * 1024,
      maxWaitTimeInMs: 250,
      allowAutoTopicCreation: false,
      retry: { retries: 5, restartOnFailure: () => Promise.resolve(true) },
    });
    try {
      await consumer.connect();
      await consumer.subscribe({ topics: [...topics], fromBeginning: true });
      await consumer.run({
        autoCommit: false,
        eachBatch: async (payload) => {
          try {
            const { topic, partition } = payload.batch;
            const seek = (offset: bigint) => consumer.seek({ topic, partition, offset: offset.toString() });
            await this.#take(payload, seek);
          } catch (error) {
            ended.reject(error);
            payload.pause();
          }
        },
      });
      if (!signal.aborted) await ended.promise;
    } finally {
      await consumer.disconnect();
    }
  }

  /** Goes back to where somebody was held. */
  resume(): void {
    for (const resume of this.#held.values()) resume();
    this.#held.clear();
  }

  async #take({ batch, pause }: EachBatchPayload, seek: (offset: bigint) => void): Promise<void> {
    const { topic, partition } = batch;
    const messages = batch.messages.map(asFeedMessage);
    const [first, last] = [messages[0], messages.at(-1)];
    if (!first || !last) return;
    const { nextOffset, heldAt, isHeld } = await this.#options.onBatch({ topic, partition, messages });
    const key = `${topic}/${partition}`;
    this.#noteGap(key, first.offset, nextOffset);
    if (nextOffset !== last.offset + 1n) seek(nextOffset);
    if (heldAt === undefined) return;
    const go = isHeld ? pause() : () => undefined;
    this.#held.set(key, () => {
      seek(heldAt);
      go();
    });
  }

  #noteGap(partition: string, first: bigint, wanted: bigint): void {
    if (first <= wanted) this.#gaps.delete(partition);
    else {
      const gaps = (this.#gaps.get(partition) ?? 0) + 1;
      this.#gaps.set(partition, gaps);
      if (gaps >= TRIES_AT_A_GAP)
        throw new FeedCutOff(`${partition} begins at offset ${first}, but was read only up to ${wanted}`);
    }
  }
}

const asFeedMessage = ({ offset, headers, value }: KafkaMessage) => ({
  offset: BigInt(offset),
  message: {
    headers: Object.fromEntries(
      Object.entries(headers ?? {}).map(([name, text]) => [name, text === undefined ? '' : String(text)]),
    ),
    value: value === null ? '' : value.toString(),
  },
});
