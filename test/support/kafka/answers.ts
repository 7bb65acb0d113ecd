import { Kafka, logLevel } from 'kafkajs';
import { clientSecurity, type KafkaSecurity } from '#kontor/kafka';

/** Settles when the cluster answers and its controller is elected; gives up after about a minute. */
export async function answers(brokers: readonly string[], security: KafkaSecurity = {}): Promise<void> {
  const kafka = new Kafka({
    brokers: [...brokers],
    ...clientSecurity(security),
    logLevel: logLevel.NOTHING,
    connectionTimeout: 1_000,
    requestTimeout: 5_000,
    retry: { initialRetryTime: 100, maxRetryTime: 500, retries: 120 },
  });
  const admin = kafka.admin();
  await admin.connect();
  try {
    await admin.describeCluster();
  } finally {
    await admin.disconnect();
  }
}
