import { setTimeout as delay } from 'node:timers/promises';
import type { Kafka, Message, Producer } from 'kafkajs';
import type { CloudEventMessage } from '#kontor/contracts';
import { KafkaFailure, kafkaFailure } from './failures.js';

export interface OutgoingMessage extends CloudEventMessage {
  readonly topic: string;
  readonly partition: number;
  readonly key?: string;
}

/** Told of every try that failed, before the next one. */
export type OnRetry = (failure: KafkaFailure) => void;

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 2_000;

/**
 * Publishes in order, one send at a time, each tried until it is acknowledged: the very same messages again, so that the
 * idempotent producer's numbers still fit and what was written without our knowing is written once.
 */
export class Publisher {
  readonly #kafka: Kafka;
  readonly #onRetry: OnRetry;
  #producer: Producer | undefined;
  #queue: Promise<void> = Promise.resolve();

  constructor(kafka: Kafka, onRetry: OnRetry = () => undefined) {
    this.#kafka = kafka;
    this.#onRetry = onRetry;
  }

  /**
   * Settles when the cluster holds the messages (at most 1 MiB a partition). Rejects with `KafkaFailure` where trying again would be
   * in vain, and as soon as the signal aborts, after which nothing is known of them.
   */
  publish(messages: readonly OutgoingMessage[], signal: AbortSignal): Promise<void> {
    const sent = this.#queue.then(() => this.#sendUntilAcknowledged(byTopic(messages), signal));
    this.#queue = sent.catch(() => undefined);
    return sent;
  }

  async close(): Promise<void> {
    const producer = this.#producer;
    this.#producer = undefined;
    await producer?.disconnect();
  }

  async #sendUntilAcknowledged(
    topicMessages: ReturnType<typeof byTopic>,
    signal: AbortSignal,
  ): Promise<void> {
    signal.throwIfAborted();
    try {
      for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
        const failure = await unlessAborted(this.#failureOf(topicMessages), signal);
        if (!failure) return;
        if (failure.kind === 'refused') throw failure;
        if (failure.kind === 'producer-unknown') this.#forgetProducer();
        this.#onRetry(failure);
        await delay(pause, undefined, { signal });
      }
    } catch (error) {
      // These messages may have been written under numbers that the producer would give to the next ones, which would then pass for
      // repeats and be lost.
      this.#forgetProducer();
      throw error;
    }
  }

  async #failureOf(topicMessages: ReturnType<typeof byTopic>): Promise<KafkaFailure | undefined> {
    try {
      await this.#send(topicMessages);
      return undefined;
    } catch (error) {
      return kafkaFailure(error);
    }
  }

  #forgetProducer(): void {
    void this.close().catch(() => undefined);
  }

  async #send(topicMessages: ReturnType<typeof byTopic>): Promise<void> {
    const producer = (this.#producer ??= this.#kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 3 },
    }));
    await producer.connect();
    await producer.sendBatch({ acks: -1, timeout: 10_000, topicMessages });
  }
}

function byTopic(messages: readonly OutgoingMessage[]) {
  const topics = new Map<string, Message[]>();
  for (const { topic, key, partition, headers, value } of messages) {
    const message = { key: key ?? null, value, headers, partition };
    const sofar = topics.get(topic);
    if (sofar) sofar.push(message);
    else topics.set(topic, [message]);
  }
  return [...topics].map(([topic, messages]) => ({ topic, messages }));
}

/** A send under way can't be called off; it is no longer waited for. */
function unlessAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  return Promise.race([work, aborted]).finally(() => signal.removeEventListener('abort', abort));
}
