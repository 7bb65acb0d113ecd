import type { StoredEvent } from '../codec.js';
import type { Metadata } from '../envelope.js';

/**
 * An event as other systems get it: a CloudEvent 1.0 in binary mode, its attributes as headers and its payload, exactly as
 * it stands in the log, as the value. Extensions: `recordedtime` and `partitionkey` as CloudEvents defines them, and Kontor's
 * own `logposition`, `streamrevision` and `metadata` (who, for whom, under what authority, as JSON).
 */
export interface CloudEventMessage {
  readonly headers: Readonly<Record<string, string>>;
  readonly value: string;
}

export const CONTENT_TYPE = 'application/json';

/** `kontor.OrderPlaced.v1`: what a consumer dispatches by; a payload of another version is another type. */
export const cloudEventType = (event: string, version: number): string => `kontor.${event}.v${version}`;

/** `source` and `id` together tell an event from every other: `id` is what repeats are recognised by. */
export const cloudEventSource = (logId: string): string => `urn:kontor:log:${logId}`;

export function toCloudEvent(event: StoredEvent, logId: string): CloudEventMessage {
  const { schema, occurredAt, traceparent } = JSON.parse(event.metadata) as Metadata;
  return {
    headers: {
      'content-type': CONTENT_TYPE,
      ce_specversion: '1.0',
      ce_id: event.eventId,
      ce_source: cloudEventSource(logId),
      ce_type: cloudEventType(event.type, schema),
      ce_subject: event.stream,
      ce_time: occurredAt,
      ce_recordedtime: new Date(event.recordedAt).toISOString(),
      ce_partitionkey: event.stream,
      ce_logposition: event.position.toString(),
      ce_streamrevision: event.revision.toString(),
      ce_metadata: event.metadata,
      ...(traceparent ? { ce_traceparent: traceparent } : {}),
    },
    value: event.data,
  };
}

/** A message that is no CloudEvent of Kontor's, or lacks what one must have. */
export class UnreadableMessage extends Error {
  override readonly name = 'UnreadableMessage';
}

/** Gives back exactly the event that the message was made of. */
export function fromCloudEvent({ headers, value }: CloudEventMessage): StoredEvent {
  const attribute = (name: string): string => {
    const text = headers[`ce_${name}`];
    if (text === undefined) throw new UnreadableMessage(`a message without the attribute ${name}`);
    return text;
  };
  const type = /^kontor\.(\w+)\.v\d+$/.exec(attribute('type'))?.[1];
  if (!type) throw new UnreadableMessage(`a message of the foreign type ${attribute('type')}`);
  return {
    eventId: attribute('id'),
    type,
    data: value,
    metadata: attribute('metadata'),
    stream: attribute('subject'),
    revision: Number(attribute('streamrevision')),
    position: BigInt(attribute('logposition')),
    recordedAt: Date.parse(attribute('recordedtime')),
  };
}
