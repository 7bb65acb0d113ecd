import type { AppendConditions, EventToAppend, ExpectedRevision } from './port.js';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Fits every engine, and is safe in a log line. */
const streamName = /^[\x21-\x7e]{1,200}$/;
const maximalRevision = 2 ** 31 - 2;

/**
 * Refuses what no engine should be asked for, alike in every adapter and before anything is sent: engines answer such calls in
 * ways of their own, by storing an event twice or by ending the process.
 * @throws {RangeError} a programming error of the caller's
 */
export function checkAppend(
  stream: string,
  expected: ExpectedRevision,
  events: readonly EventToAppend[],
  { unmoved = [] }: AppendConditions = {},
): void {
  checkPlace(stream, expected, events.length);
  for (const seen of unmoved) checkPlace(seen.stream, seen.revision);
  if (events.length === 0) throw new RangeError('an append needs at least one event');

  const ids = new Set<string>();
  for (const { eventId, type, data, metadata } of events) {
    if (!uuid.test(eventId)) throw new RangeError(`not a UUID: ${JSON.stringify(eventId)}`);
    if (ids.has(eventId.toLowerCase())) throw new RangeError(`event id twice in one append: ${eventId}`);
    ids.add(eventId.toLowerCase());
    if (!streamName.test(type)) throw new RangeError(`not an event type: ${JSON.stringify(type)}`);
    // JSON text never holds it, and PostgreSQL has no place for it.
    if (data.includes('\0') || metadata.includes('\0'))
      throw new RangeError('event text with a NUL character');
  }
}

function checkPlace(stream: string, revision: ExpectedRevision, more = 0): void {
  if (!streamName.test(stream))
    throw new RangeError(`not a stream name: ${JSON.stringify(stream.slice(0, 250))}`);
  const isRevision = typeof revision === 'number' && Number.isInteger(revision) && revision >= 0;
  if (revision !== 'no-stream' && !(isRevision && revision + more <= maximalRevision))
    throw new RangeError(`not a revision: ${revision}`);
}
