import { answers } from './answers.js';
import { container } from './kafka-container.js';
import { jvm } from './kafka-jvm.js';
import type { KafkaNode, KafkaNodeOptions } from './kafka-node.js';

export type { KafkaNode } from './kafka-node.js';

/** A node of the suite's own, which it may kill and freeze: a container where a Docker engine answers, else from Maven Central's jars. */
export async function startKafka(options: KafkaNodeOptions = {}): Promise<KafkaNode> {
  const missing: string[] = [];
  for (const source of [container, jvm]) {
    const lack = await source.missing();
    if (!lack) return source.start(options);
    missing.push(`for ${source.name}: ${lack}`);
  }
  throw new Error(`no Kafka to test against. Missing ${missing.join('; ')}`);
}

/** Brokers for a suite that leaves them running: those of KONTOR_TEST_KAFKA_BROKERS, else a node of its own. */
export async function kafkaBrokers(): Promise<Pick<KafkaNode, 'brokers' | 'dispose'>> {
  const given = process.env['KONTOR_TEST_KAFKA_BROKERS'];
  if (!given) return startKafka();
  const brokers = given.split(',');
  await answers(brokers);
  return { brokers, dispose: async () => undefined };
}
