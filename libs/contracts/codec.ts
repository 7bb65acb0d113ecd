import type { LoggedEvent, Metadata } from './envelope.js';
import { Metadata as MetadataSchema } from './envelope.js';
import { type DomainEvent, type EventType, eventDefinitions } from './events/index.js';
import { UnreadableEvent } from './unreadable-event.js';
import { upcast } from './upcasters.js';
import { compile } from './validator.js';

/** An event as text, as it goes into a log. */
export interface EncodedEvent {
  readonly eventId: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
  /** What the texts say, as `JSON.stringify` was given it. */
  readonly printed: { readonly data: object; readonly metadata: object };
}

/** An event as a log gives it back. */
export interface StoredEvent extends Omit<EncodedEvent, 'printed'> {
  readonly stream: string;
  readonly revision: number;
  readonly position: bigint;
  readonly recordedAt: number;
}

const isEventType = (type: string): type is EventType => Object.hasOwn(eventDefinitions, type);

const validateMetadata = compile(MetadataSchema);
const validators = Object.fromEntries(
  Object.values(eventDefinitions).map(({ type, schema }) => [type, compile(schema)]),
);

/** Serialises a new event. Throws on one that its own schema forbids: nothing unreadable gets into the log. */
export function encodeEvent(
  event: DomainEvent,
  eventId: string,
  metadata: Omit<Metadata, 'schema'>,
): EncodedEvent {
  const complete: Metadata = { ...metadata, schema: eventDefinitions[event.type].version };
  const problems = validators[event.type]?.(event.data) ?? validateMetadata(complete);
  if (problems) throw new UnreadableEvent(`${event.type} would not be readable: ${problems}`);
  return {
    eventId,
    type: event.type,
    data: JSON.stringify(event.data),
    metadata: JSON.stringify(complete),
    printed: { data: event.data, metadata: complete },
  };
}

/**
 * Parses a stored event and brings it to its current version. The log was validated when it was written, so only what
 * could not have been written by any version is refused (`UnreadableEvent`).
 */
export function decodeEvent(stored: StoredEvent): LoggedEvent {
  if (!isEventType(stored.type))
    throw new UnreadableEvent(`unknown event type ${stored.type} at ${stored.position}`);
  const metadata = JSON.parse(stored.metadata) as Metadata;
  const definition = eventDefinitions[stored.type];
  const data: unknown = JSON.parse(stored.data);
  return {
    type: stored.type,
    data: metadata.schema === definition.version ? data : upcast(data, metadata.schema, definition),
    eventId: stored.eventId,
    stream: stored.stream,
    revision: stored.revision,
    position: stored.position,
    recordedAt: stored.recordedAt,
    metadata,
  } as LoggedEvent;
}
