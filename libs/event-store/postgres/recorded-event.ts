import type { TextRow } from '#kontor/postgres';
import type { RecordedEvent } from '../port.js';

/** The columns of an event, as `toEvent` takes them. */
export const eventColumns = 'position, recorded_at, event_id, revision, stream, type, data, metadata';

const text = (value: string | null | undefined): string => value ?? '';

export const toEvent = (row: TextRow): RecordedEvent => ({
  position: BigInt(text(row[0])),
  recordedAt: Number(row[1]),
  eventId: text(row[2]),
  revision: Number(row[3]),
  stream: text(row[4]),
  type: text(row[5]),
  data: text(row[6]),
  metadata: text(row[7]),
});
