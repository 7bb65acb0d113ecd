import { type EventData, jsonEvent, type JSONType, type ResolvedEvent } from '@eventstore/db-client';
import type { EventToAppend, Position, RecordedEvent } from '../port.js';

/** The stream whose first event's id is the log's identity; readers don't see it. */
export const identityStream = 'kontor-log';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A record of `$all` or of a stream, with what the reader still has to judge. */
export interface ReadRecord {
  readonly event: RecordedEvent;
  /** An event of Kontor's callers: not the server's, not a deleted one's remains, not the log's identity. */
  readonly isVisible: boolean;
}

/**
 * The client parses JSON when it reads and prints it when it writes. A text that would not come back from that as it
 * was is stored as a JSON string that holds it.
 */
export function toEventData({ eventId, type, data, metadata, printed }: EventToAppend): EventData {
  const survives = printed !== undefined || survivingValue(metadata) !== undefined;
  return jsonEvent({
    id: eventId.toLowerCase(),
    type,
    data: (printed?.data as JSONType | undefined) ?? survivingValue(data) ?? data,
    // Bytes are taken as they are.
    metadata: encoder.encode(survives ? metadata : JSON.stringify(metadata)),
  });
}

export function fromResolved({ event, link }: ResolvedEvent): ReadRecord | undefined {
  const recorded = link ?? event;
  if (!recorded) return undefined;
  return {
    isVisible: isVisible(recorded.streamId, recorded.type),
    event: {
      eventId: recorded.id,
      type: recorded.type,
      stream: recorded.streamId,
      revision: Number(recorded.revision),
      position: recorded.position?.commit ?? 0n,
      recordedAt: recorded.created.getTime(),
      data: textOf(recorded.data),
      metadata: textOf(recorded.metadata),
    },
  };
}

/** On events, commit and prepare positions are the same. */
export const placeOf = (position: Position) => ({ commit: position, prepare: position });

function isVisible(stream: string, type: string): boolean {
  return !stream.startsWith('$') && !type.startsWith('$') && stream !== identityStream;
}

/** The value of a text that parsing and printing leave as it is; undefined for any other, and for strings. */
function survivingValue(text: string): JSONType | undefined {
  if (text === 'null') return undefined;
  try {
    const value: JSONType = JSON.parse(text);
    return typeof value !== 'string' && JSON.stringify(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Uint8Array) return decoder.decode(value);
  return JSON.stringify(value) ?? '';
}
