import { cloudEventSource, fromCloudEvent, isWatermark } from '#kontor/contracts';
import { LogReplaced } from '#kontor/event-store';
import type { FeedBatch } from '#kontor/kafka';
import { decoded, type PartitionMessage } from '#kontor/read-models';

/** Reads what Kafka brought: events, decoded once for all projections, and watermarks. Throws where it is of another log. */
export function partitionMessages({ topic, messages }: FeedBatch, logId: string): PartitionMessage[] {
  const source = cloudEventSource(logId);
  return messages.map(({ offset, message }) => {
    if (message.headers['ce_source'] !== source)
      throw new LogReplaced(`${topic} has events of ${message.headers['ce_source']}, the log is ${source}`);
    if (isWatermark(message)) return { offset, position: BigInt(message.headers['ce_logposition'] ?? '0') };
    const event = decoded(fromCloudEvent(message));
    return { offset, position: event.position, event };
  });
}
