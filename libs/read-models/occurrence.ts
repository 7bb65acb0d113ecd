import type { LoggedEvent } from '#kontor/contracts';
import { instantOf } from './engine/values.js';

/** When an event happened and was recorded, as rows hold it. */
export interface Occurrence {
  readonly occurredAt: string;
  /** Minutes east of UTC in the branch's zone at that instant, so that the instant is given back as it was recorded. */
  readonly utcOffset: number;
  /** The business day. */
  readonly day: string;
  readonly recordedAt: string;
}

export const businessDay = (event: LoggedEvent): string => event.metadata.occurredAt.slice(0, 10);

export const occurrence = (event: LoggedEvent): Occurrence => ({
  occurredAt: event.metadata.occurredAt,
  utcOffset: utcOffsetOf(event.metadata.occurredAt),
  day: businessDay(event),
  recordedAt: instantOf(event.recordedAt),
});

/** `2011-07-01T14:05:00.000+01:00` → 60. */
function utcOffsetOf(instant: string): number {
  const minutes = Number(instant.slice(24, 26)) * 60 + Number(instant.slice(27, 29));
  return instant[23] === '-' ? -minutes : minutes;
}
