import { type CloudEventMessage, categoryOf, topicOf, toCloudEvent } from '#kontor/contracts';
import type { RecordedEvent } from '#kontor/event-store';
import type { OutgoingMessage } from '#kontor/kafka';

/** What goes out in one send, and the last event of it. */
export interface RelayBatch {
  readonly messages: readonly OutgoingMessage[];
  readonly last: RecordedEvent;
}

/** A send may hold 1 MiB a partition; all of it may be of one partition. */
const MOST_BYTES = 900 * 1024;

/** Cuts events into sends by bytes; one that is larger by itself goes alone. */
export function* relayBatches(
  events: readonly RecordedEvent[],
  logId: string,
  mostBytes = MOST_BYTES,
): Generator<RelayBatch> {
  let messages: OutgoingMessage[] = [];
  let bytes = 0;
  let last: RecordedEvent | undefined;
  for (const event of events) {
    const message = {
      topic: topicOf(categoryOf(event.stream)),
      key: event.stream,
      ...toCloudEvent(event, logId),
    };
    const size = sizeOf(message);
    if (last && bytes + size > mostBytes) {
      yield { messages, last };
      [messages, bytes] = [[], 0];
    }
    messages.push(message);
    bytes += size;
    last = event;
  }
  if (last && messages.length > 0) yield { messages, last };
}

/** Of a record and each of its headers, besides their texts. */
const RECORD_BYTES = 70;
const HEADER_BYTES = 4;

function sizeOf({ headers, value }: CloudEventMessage): number {
  let size = RECORD_BYTES + Buffer.byteLength(value);
  for (const [name, text] of Object.entries(headers))
    size += HEADER_BYTES + name.length + Buffer.byteLength(text);
  return size;
}
