import { Partitioners } from 'kafkajs';

const partitioner = Partitioners.DefaultPartitioner();

/** Where a key belongs, as every client of Kafka's agrees on (murmur2), in a topic of so many partitions. */
export function partitionOf(topic: string, key: string, partitions: number): number {
  const partitionMetadata = Array.from({ length: partitions }, (_, partitionId) => ({
    partitionId,
    partitionErrorCode: 0,
    leader: 0,
    replicas: [],
    isr: [],
  }));
  return partitioner({ topic, partitionMetadata, message: { key, value: null } });
}
