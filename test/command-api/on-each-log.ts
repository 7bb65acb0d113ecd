import { InMemoryEventLog, PostgresEventLog, type EventLog } from '#kontor/event-store';
import { startDatabase } from '../support/database.js';

/** A log to test against, and how it is put away. */
export interface TestLog {
  readonly log: EventLog;
  readonly discard: () => Promise<void>;
}

/** The logs that a test of the whole way of a command runs on. */
export const logs: readonly (readonly [string, () => Promise<TestLog>])[] = [
  ['the log in memory', async () => ({ log: new InMemoryEventLog(), discard: () => Promise.resolve() })],
  [
    'PostgreSQL',
    async () => {
      const database = await startDatabase();
      return { log: new PostgresEventLog(database.commandUrl), discard: () => database.drop() };
    },
  ],
];
