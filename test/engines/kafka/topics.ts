import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type Kafka, KafkaJSProtocolError, type KafkaMessage } from 'kafkajs';
import {
  type CloudEventMessage,
  fromCloudEvent,
  isWatermark,
  type StoredEvent,
  topicsOf,
} from '#kontor/contracts';

export interface Arrived extends CloudEventMessage {
  readonly topic: string;
  readonly partition: number;
  readonly key: string | undefined;
}

/** Everything that stands in Kontor's topics, each partition in order. */
export async function readTopics(kafka: Kafka, topics = topicsOf()): Promise<Arrived[]> {
  const ends = await endsOf(kafka, topics);
  const open = new Set([...ends].filter(([, end]) => end > 0n).map(([partition]) => partition));
  const arrived: Arrived[] = [];
  const all = Promise.withResolvers<void>();
  if (open.size === 0) return arrived;
  const consumer = kafka.consumer({ groupId: `test-${randomUUID()}`, maxWaitTimeInMs: 100 });
  await consumer.connect();
  await consumer.subscribe({ topics: [...topics], fromBeginning: true });
  await consumer.run({
    eachBatch: ({ batch: { topic, partition, messages } }) => {
      arrived.push(...messages.map((message) => asText(topic, partition, message)));
      const last = messages.at(-1);
      if (last && BigInt(last.offset) + 1n >= (ends.get(`${topic}/${partition}`) ?? 0n))
        open.delete(`${topic}/${partition}`);
      if (open.size === 0) all.resolve();
      return Promise.resolve();
    },
  });
  await all.promise;
  await consumer.disconnect();
  return arrived;
}

/** The events among it, as they stood in the log. */
export const eventsOf = (arrived: readonly Arrived[]): (StoredEvent & { place: string })[] =>
  arrived
    .filter((message) => !isWatermark(message))
    .map((message) => ({ ...fromCloudEvent(message), place: `${message.topic}/${message.partition}` }));

async function endsOf(kafka: Kafka, topics: readonly string[]): Promise<Map<string, bigint>> {
  const admin = kafka.admin();
  await admin.connect();
  const ends = new Map<string, bigint>();
  for (const topic of topics)
    for (const { partition, high } of await onceLed(() => admin.fetchTopicOffsets(topic)))
      ends.set(`${topic}/${partition}`, BigInt(high));
  await admin.disconnect();
  return ends;
}

/** The brokers agree on who leads a partition only some time after its topic was made. */
async function onceLed<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 1; ; tries++) {
    try {
      return await ask();
    } catch (error) {
      if (tries === 50 || !(error instanceof KafkaJSProtocolError && error.retriable)) throw error;
      await pause(100);
    }
  }
}

const asText = (topic: string, partition: number, { key, headers, value }: KafkaMessage): Arrived => ({
  topic,
  partition,
  key: key?.toString(),
  headers: Object.fromEntries(Object.entries(headers ?? {}).map(([name, text]) => [name, String(text)])),
  value: String(value),
});
