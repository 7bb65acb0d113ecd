import { Type } from '@sinclair/typebox';
import { Fields, Uuid } from '#kontor/contracts';
import type { RecordedEvent } from '#kontor/event-store';
import { PositionText } from '#kontor/read-models';

/** An event of the raw log. `data` and `metadata` are the very texts that the log holds, not parsed and written anew. */
export const EventLine = Fields({
  position: PositionText,
  stream: Type.String({ examples: ['order-6f9619ff-8b86-4d01-b42d-00cf4fc964ff'] }),
  revision: Type.Integer({ minimum: 0, examples: [0] }),
  eventId: Uuid,
  type: Type.String({ examples: ['OrderPlaced'] }),
  recordedAt: Type.String({ examples: ['2011-11-30T14:05:00.123Z'] }),
  data: Type.Object({}, { additionalProperties: true, description: 'By the type of the event' }),
  metadata: Type.Object(
    {},
    { additionalProperties: true, description: 'Who, for whom, under what authority, when' },
  ),
});

/** Without the line's end. */
export function eventLine(event: RecordedEvent): string {
  const { position, stream, revision, eventId, type, recordedAt, data, metadata } = event;
  const head = JSON.stringify({
    position: String(position),
    stream,
    revision,
    eventId,
    type,
    recordedAt: new Date(recordedAt).toISOString(),
  });
  return `${head.slice(0, -1)},"data":${data},"metadata":${metadata}}`;
}
