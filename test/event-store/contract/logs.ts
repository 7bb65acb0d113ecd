import { randomUUID } from 'node:crypto';
import type { EventLog } from '#kontor/event-store';

/** Two clients of one log, as two processes have them. */
export interface Logs {
  readonly log: EventLog;
  readonly other: EventLog;
  /**
   * The engine looks event ids up over the whole log. One without an index over them looks within a stream, and tells
   * a repeat from a first append where the process has looked at the stream before, as a command does.
   */
  readonly hasIdIndex: boolean;
}

/** What the suite is run against. */
export interface LogUnderTest extends Logs {
  drop(): Promise<void>;
}

export const aStream = (category = 'test'): string => `${category}-${randomUUID()}`;
