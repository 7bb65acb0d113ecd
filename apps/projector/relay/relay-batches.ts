import { type CloudEventMessage, categoryOf, topicOf, toCloudEvent } from '#kontor/contracts';
import type { RecordedEvent } from '#kontor/event-store';
import { type OutgoingMessage, partitionOf, type Partitions } from '#kontor/kafka';

/** What goes out in one send, and the last event of it. */
export interface RelayBatch {
  readonly messages: readonly OutgoingMessage[];
  readonly last: RecordedEvent;
}

/** Where events go. */
export interface RelayTopics {
  readonly topicPrefix: string;
  readonly partitions: Partitions;
}

export interface SendBounds {
  /** A cluster takes 1 MiB by default. */
  readonly bytesAPartition: number;
  readonly bytes: number;
}

export const sendBounds: SendBounds = { bytesAPartition: 900 * 1024, bytes: 8 * 1024 * 1024 };
/** Each event alone. */
export const oneByOne: SendBounds = { bytesAPartition: 0, bytes: 0 };

/** Cuts events into sends by bytes; one that is larger by itself goes alone. */
export function* relayBatches(
  events: readonly RecordedEvent[],
  logId: string,
  topics: RelayTopics,
  bounds = sendBounds,
): Generator<RelayBatch> {
  let batch = new Send();
  for (const event of events) {
    const message = messageOf(event, logId, topics);
    if (!batch.hasRoomFor(message, bounds)) {
      yield batch.complete();
      batch = new Send();
    }
    batch.add(message, event);
  }
  if (events.length > 0) yield batch.complete();
}

function messageOf(
  event: RecordedEvent,
  logId: string,
  { topicPrefix, partitions }: RelayTopics,
): OutgoingMessage {
  const topic = topicOf(categoryOf(event.stream), topicPrefix);
  const partition = partitionOf(topic, event.stream, partitions.get(topic) ?? 1);
  return { topic, partition, key: event.stream, ...toCloudEvent(event, logId) };
}

class Send {
  readonly #messages: OutgoingMessage[] = [];
  readonly #bytesOf = new Map<string, number>();
  #bytes = 0;
  #last: RecordedEvent | undefined;

  hasRoomFor(message: OutgoingMessage, { bytes, bytesAPartition }: SendBounds): boolean {
    const size = sizeOf(message);
    const ofPartition = (this.#bytesOf.get(placeOf(message)) ?? 0) + size;
    return !this.#last || (this.#bytes + size <= bytes && ofPartition <= bytesAPartition);
  }

  add(message: OutgoingMessage, event: RecordedEvent): void {
    const [size, place] = [sizeOf(message), placeOf(message)];
    this.#messages.push(message);
    this.#bytes += size;
    this.#bytesOf.set(place, (this.#bytesOf.get(place) ?? 0) + size);
    this.#last = event;
  }

  complete(): RelayBatch {
    if (!this.#last) throw new Error('a send without an event');
    return { messages: this.#messages, last: this.#last };
  }
}

const placeOf = ({ topic, partition }: OutgoingMessage): string => `${topic}/${partition}`;

/** Of a record and each of its headers, besides their texts. */
const RECORD_BYTES = 70;
const HEADER_BYTES = 4;

function sizeOf({ headers, value }: CloudEventMessage): number {
  let size = RECORD_BYTES + Buffer.byteLength(value);
  for (const [name, text] of Object.entries(headers))
    size += HEADER_BYTES + name.length + Buffer.byteLength(text);
  return size;
}
