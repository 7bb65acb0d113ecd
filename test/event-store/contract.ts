import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe } from '@jest/globals';
import type { EventLog } from '#kontor/event-store';
import { describeAppending } from './contract/appending.js';
import { describeReading } from './contract/reading.js';
import { describeSubscribing } from './contract/subscribing.js';

/** What the suite is run against: two clients of one log, as two processes have them. */
export interface LogUnderTest {
  readonly log: EventLog;
  readonly other: EventLog;
  drop(): Promise<void>;
}

export interface Logs {
  readonly log: EventLog;
  readonly other: EventLog;
}

export const aStream = (category = 'test'): string => `${category}-${randomUUID()}`;

/** Everything that the port promises; an adapter is right when it passes. */
export function describeEventLog(name: string, setUp: () => Promise<LogUnderTest>): void {
  describe(`the event log (${name})`, () => {
    let underTest: LogUnderTest;
    beforeAll(async () => {
      underTest = await setUp();
    });
    afterAll(() => underTest.drop());

    describeAppending(() => underTest);
    describeReading(() => underTest);
    describeSubscribing(() => underTest);
  });
}
