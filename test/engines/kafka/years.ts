import type { EventLog, Position } from '#kontor/event-store';
import { aSmallYear } from '../../../libs/read-models/testing/year.js';

const year = aSmallYear().stored;

/** The small year again and again, each time of other customers and orders but with the same managers, branches and days. */
export async function appendYears(log: EventLog, first: number, count: number): Promise<Position> {
  const positions = await Promise.all(
    Array.from({ length: count }, (_, index) => appendYear(log, first + index)),
  );
  return positions.reduce((last, position) => (position > last ? position : last), 0n);
}

async function appendYear(log: EventLog, number: number): Promise<Position> {
  const prefix = number.toString(16).padStart(8, '0');
  const own = (text: string) => text.replaceAll('00000000-0000-4000-8000-', `${prefix}-0000-4000-8000-`);
  let position = 0n;
  for (const { stream, revision, eventId, type, data, metadata } of year) {
    const event = { eventId: own(eventId), type, data: own(data), metadata: own(metadata) };
    const outcome = await log.append(own(stream), revision === 0 ? 'no-stream' : revision - 1, [event]);
    if (outcome.kind !== 'appended') throw new Error(`not appended: ${outcome.kind}`);
    position = outcome.position;
  }
  return position;
}
