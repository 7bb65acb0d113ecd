import { randomUUID } from 'node:crypto';
import type { EventToAppend } from '#kontor/event-store';

/** An event for tests of the log, which takes any text. */
export const anEvent = (changes: Partial<EventToAppend> = {}): EventToAppend => ({
  eventId: randomUUID(),
  type: 'Tested',
  data: '{"text":"äöü \\"quoted\\" \\\\ 😀"}',
  metadata: '{"meta":true}',
  ...changes,
});

export const someEvents = (count: number): EventToAppend[] => Array.from({ length: count }, () => anEvent());
