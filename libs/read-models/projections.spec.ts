import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { LoggedEvent } from '#kontor/contracts';
import { MemoryProjection } from './engine/project-in-memory.js';
import type { Projection } from './engine/projection.js';
import { projections } from './projections.js';
import { aSmallYear } from './testing/year.js';

const events = aSmallYear().events;

/** The same events, each stream in its order, the streams in any. */
const interleaved: fc.Arbitrary<LoggedEvent[]> = fc
  .shuffledSubarray(
    events.map(({ stream }) => stream),
    { minLength: events.length },
  )
  .map((streams) => {
    const waiting = Map.groupBy(events, ({ stream }) => stream);
    return streams.flatMap((stream) => waiting.get(stream)?.splice(0, 1) ?? []);
  });

function tablesOf(projection: Projection, log: readonly LoggedEvent[]) {
  const folding = new MemoryProjection(projection);
  for (const event of log) folding.apply(event);
  expect(folding.parked).toEqual([]);
  return projection.tables.map((table) => folding.tables.rows(table).map(asText).toSorted());
}

const asText = (row: object): string =>
  JSON.stringify(
    Object.entries(row).toSorted(([left], [right]) => (left < right ? -1 : 1)),
    (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value),
  );

describe.each(projections.map((projection) => [projection.name, projection] as const))(
  'The projection %s',
  (_name, projection) => {
    it('comes to the same rows in whatever order the streams arrive', () => {
      const expected = tablesOf(projection, events);
      fc.assert(
        fc.property(interleaved, (log) => {
          expect(tablesOf(projection, log)).toEqual(expected);
        }),
        { numRuns: 50 },
      );
    });
  },
);
