import { afterAll, beforeAll, describe } from '@jest/globals';
import { describeAppending } from './contract/appending.js';
import { describeConditions } from './contract/conditions.js';
import type { LogUnderTest } from './contract/logs.js';
import { describeReading } from './contract/reading.js';
import { describeRepeating } from './contract/repeating.js';
import { describeSubscribing } from './contract/subscribing.js';

export * from './contract/logs.js';

/** Everything that the port promises; an adapter is right when it passes. */
export function describeEventLog(name: string, setUp: () => Promise<LogUnderTest>): void {
  describe(`the event log (${name})`, () => {
    let underTest: LogUnderTest;
    beforeAll(async () => {
      underTest = await setUp();
    });
    afterAll(() => underTest.drop());

    describeAppending(() => underTest);
    describeRepeating(() => underTest);
    describeConditions(() => underTest);
    describeReading(() => underTest);
    describeSubscribing(() => underTest);
  });
}
