import type { PreparedStatement } from '#kontor/postgres';
import type { ReadEvent } from '../read-event.js';
import type { Queryable } from './checkpoints.js';

/** An event that a projection leaves out for now, and why; no reason where it only stands behind another of its stream. */
export interface ParkedEvent {
  readonly event: Pick<ReadEvent, 'position' | 'stream' | 'revision' | 'eventId' | 'type'>;
  readonly error: string | null;
}

export async function readParkedStreams(database: Queryable, projection: string): Promise<Set<string>> {
  const { rows } = await database.query<{ stream: string }>(
    'SELECT DISTINCT stream FROM read_models.parked_events WHERE projection = $1',
    [projection],
  );
  return new Set(rows.map(({ stream }) => stream));
}

export async function countParked(database: Queryable): Promise<ReadonlyMap<string, number>> {
  const { rows } = await database.query<{ projection: string; parked: number }>(
    'SELECT projection, count(*)::integer AS parked FROM read_models.parked_events GROUP BY projection',
  );
  return new Map(rows.map(({ projection, parked }) => [projection, parked]));
}

export const parking = (projection: string, { event, error }: ParkedEvent): PreparedStatement => ({
  name: 'park',
  text: `
    INSERT INTO read_models.parked_events (projection, position, stream, revision, event_id, type, error)
    VALUES ($1, $2, $3, $4, $5, $6, $7)`,
  // PostgreSQL's text can't hold the character NUL, which may be the very reason for the error.
  values: [
    projection,
    String(event.position),
    event.stream,
    String(event.revision),
    event.eventId,
    event.type,
    error?.replaceAll('\u0000', '\\0') ?? null,
  ],
});

export async function writeParked(
  database: Queryable,
  projection: string,
  parked: readonly ParkedEvent[],
): Promise<void> {
  for (const each of parked) await database.query(parking(projection, each));
}
