import type { Admin, ITopicConfig, Kafka } from 'kafkajs';
import { topicsOf } from '#kontor/contracts';
import { kafkaFailure } from './failures.js';

/** The partitions of each of Kontor's topics. */
export type Partitions = ReadonlyMap<string, number>;

export interface TopicSettings {
  /** What their names begin with. */
  readonly topicPrefix: string;
  /** Of each topic. */
  readonly partitions: number;
}

/** The topics are not as they must be, and Kontor does not change what is there. */
export class TopicsUnusable extends Error {
  override readonly name = 'TopicsUnusable';
}

/** Events are facts: they are kept for good, so that a consumer may start from the first. */
const settings = (replicas: number) =>
  Object.entries({
    'cleanup.policy': 'delete',
    'retention.ms': '-1',
    'retention.bytes': '-1',
    'min.insync.replicas': String(Math.max(1, replicas - 1)),
    // One large event may be larger than the usual 1 MiB of a batch.
    'max.message.bytes': String(4 * 1024 * 1024),
    'message.timestamp.type': 'CreateTime',
  }).map(([name, value]) => ({ name, value }));

/**
 * Makes the topics that aren't there. The number of partitions is settled when a topic is made: with another number a
 * stream's next event would land in another partition than the ones before it, so anything else is `TopicsUnusable`.
 */
export async function ensureTopics(
  kafka: Kafka,
  { topicPrefix, partitions }: TopicSettings,
): Promise<Partitions> {
  const wanted = topicsOf(topicPrefix);
  const admin = kafka.admin();
  await admin.connect();
  try {
    const present = new Set(await admin.listTopics());
    const missing = wanted.filter((topic) => !present.has(topic));
    if (missing.length > 0) await makeTopics(admin, missing, partitions);
    const found = await describe(admin, wanted);
    const wrong = [...found].filter(([, count]) => count !== partitions);
    if (wrong.length > 0)
      throw new TopicsUnusable(
        `${wrong.map(([topic, count]) => `${topic} has ${count} partitions`).join(', ')}, ` +
          `but ${partitions} are configured: the number can't change once a topic is there`,
      );
    return found;
  } finally {
    await admin.disconnect();
  }
}

async function makeTopics(admin: Admin, missing: readonly string[], partitions: number): Promise<void> {
  const { brokers } = await admin.describeCluster();
  const replicationFactor = Math.min(3, brokers.length);
  const topics = missing.map((topic): ITopicConfig => {
    return {
      topic,
      numPartitions: partitions,
      replicationFactor,
      configEntries: settings(replicationFactor),
    };
  });
  await admin.createTopics({ topics }).catch((error: unknown) => {
    throw new TopicsUnusable(`${missing.join(', ')} can't be made: ${kafkaFailure(error).message}`);
  });
}

/** The partitions of the topics as they are; where one is missing, `TopicsUnusable`: the relay has yet to make it. */
export async function partitionsOf(kafka: Kafka, topicPrefix: string): Promise<Partitions> {
  const wanted = topicsOf(topicPrefix);
  const admin = kafka.admin();
  await admin.connect();
  try {
    const present = new Set(await admin.listTopics());
    const missing = wanted.filter((topic) => !present.has(topic));
    if (missing.length > 0) throw new TopicsUnusable(`the relay has not made ${missing.join(', ')} yet`);
    return await describe(admin, wanted);
  } finally {
    await admin.disconnect();
  }
}

async function describe(admin: Admin, wanted: readonly string[]): Promise<Partitions> {
  const { topics } = await admin.fetchTopicMetadata({ topics: [...wanted] });
  return new Map(topics.map(({ name, partitions }) => [name, partitions.length]));
}
