import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeEvent, type LoggedEvent } from '#kontor/contracts';
import { InMemoryEventLog } from '#kontor/event-store';
import { MemoryProjection } from '#kontor/read-models';
import { type TestDatabase } from '../support/database.js';
import { startRunner } from './running.js';
import {
  appendScript,
  inOneOrder,
  parkedPositions,
  scripted,
  scriptedRows,
  startScriptedDatabase,
  type Step,
  storedRows,
} from './scripted-projection.js';

const key = fc.record({ id: fc.constantFrom('a', 'b "quoted", {x}'), part: fc.integer({ min: 1, max: 2 }) });
const count = fc.integer({ min: -5, max: 5 });
const amount = fc.constantFrom('0', '1.50', '-2.25', '0.001', '10');
const day = fc.constantFrom('2011-12-01', '2010-01-31', '2011-02-28');
const instant = fc.constantFrom('2011-12-01T10:00:00.000+01:00', '2011-12-01T09:30:00.000+00:00');
const text = fc.constantFrom(
  'plain',
  'tab\tand\nline',
  'back\\slash',
  'it\'s {1,2} "quoted"',
  'NULL',
  '',
  'ü€😀',
);
const json = fc.jsonValue({ maxDepth: 2, stringUnit: 'grapheme-ascii', noUnicodeString: true });
const some = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

const columns = fc.record({
  count: some(count),
  amount: some(fc.option(amount)),
  label: some(text),
  firstOn: some(fc.option(day)),
  lastAt: some(fc.option(instant)),
  details: some(fc.option(json)),
  verbatim: some(fc.option(json)),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .tuple(key, columns)
      .map(([key, columns]) => ({ op: 'insert' as const, row: { ...columns, ...key } })),
  },
  { weight: 4, arbitrary: fc.record({ op: fc.constant('set'), key, columns }) },
  {
    weight: 4,
    arbitrary: fc.record({
      op: fc.constant('add'),
      key,
      columns: fc.record({ count: some(count), amount: some(amount) }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ op: fc.constant('min'), key, columns: fc.record({ firstOn: some(day) }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ op: fc.constant('max'), key, columns: fc.record({ lastAt: some(instant) }) }),
  },
  { weight: 3, arbitrary: fc.record({ op: fc.constant('delete'), key }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('fail') }) },
);
const event = fc.record({
  stream: fc.constantFrom('customer-1', 'customer-2', 'customer-3'),
  steps: fc.array(step, { minLength: 1, maxLength: 3 }),
});

describe('The runner on Postgres', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await startScriptedDatabase();
  });
  afterAll(() => database.drop());

  it('comes to the same rows and the same parked events as the one in memory, however the log is cut into batches', async () => {
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 20 }),
        async (events, batch) => {
          const log = new InMemoryEventLog();
          let last = 0n;
          for (const { stream, steps } of events) last = await appendScript(log, stream, steps);
          const projection = scripted(`scripted-${++runs}`);
          const inMemory = new MemoryProjection(projection);
          for (const event of await readAll(log)) inMemory.apply(event);

          const running = startRunner({
            log,
            databaseUrl: database.projectorUrl,
            projections: [projection],
            bounds: { events: batch, size: 1_000_000 },
          });
          await running.reach(last);
          await running.stop();

          expect(await storedRows(database.projectorUrl)).toEqual(
            inOneOrder(inMemory.tables.rows(scriptedRows)),
          );
          expect(await parkedPositions(database.projectorUrl, projection.name)).toEqual(
            inMemory.parked.map(({ position }) => position),
          );
        },
      ),
      { numRuns: 60 },
    );
  }, 120_000);
});

async function readAll(log: InMemoryEventLog): Promise<readonly LoggedEvent[]> {
  const events: LoggedEvent[] = [];
  for await (const event of log.readAll()) events.push(decodeEvent(event));
  return events;
}
