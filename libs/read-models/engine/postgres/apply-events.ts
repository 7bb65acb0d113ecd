import { setTimeout as pause } from 'node:timers/promises';
import type { LoggedEvent } from '#kontor/contracts';
import { Fold } from '../fold.js';
import type { Projection } from '../projection.js';
import type { ReadEvent } from '../read-event.js';
import { ForbiddenChange } from '../row.js';
import { isDataError } from './connection.js';
import type { ParkedEvent } from './parked-events.js';

/** The tables of a projection somewhere in the database, and how far they have come. */
export interface Target {
  readonly projection: Projection;
  /** Streams of which an event is parked: those that come later are parked too. */
  readonly parkedStreams: Set<string>;
  /** Writes, parks and moves on beyond these events, all of it or nothing. */
  commit(fold: Fold, parked: readonly ParkedEvent[], events: readonly ReadEvent[]): Promise<void>;
}

export interface Tolerance {
  /** So often an event is tried on its own before it is parked. */
  readonly tries: number;
  readonly pauseMs: number;
}

const defaultTolerance: Tolerance = { tries: 3, pauseMs: 100 };

/** An event can't be applied, and trying again in other company may tell which one it is. */
class PoisonedBatch extends Error {
  override readonly name = 'PoisonedBatch';
}

/**
 * Applies events in log order: at once if all goes well, else in halves, until the event is found that does not go. That one
 * is parked after some tries, what its stream brings later with it, and the others flow on.
 * What fails for other reasons (the connection, the server) rejects, and nothing of the events in question is done.
 */
export async function applyEvents(
  target: Target,
  events: readonly ReadEvent[],
  tolerance: Tolerance = defaultTolerance,
): Promise<void> {
  const [first] = events;
  if (!first) return;
  try {
    await applyAtOnce(target, events);
  } catch (error) {
    if (!(error instanceof PoisonedBatch)) throw error;
    if (events.length === 1) return await tryAgainOrPark(target, first, tolerance);
    const middle = events.length >> 1;
    await applyEvents(target, events.slice(0, middle), tolerance);
    await applyEvents(target, events.slice(middle), tolerance);
  }
}

async function tryAgainOrPark(
  target: Target,
  event: ReadEvent,
  { tries, pauseMs }: Tolerance,
): Promise<void> {
  for (let attempt = 2; ; attempt++) {
    await pause(pauseMs * attempt);
    try {
      return await applyAtOnce(target, [event]);
    } catch (error) {
      if (!(error instanceof PoisonedBatch)) throw error;
      if (attempt < tries) continue;
      await target.commit(new Fold(target.projection), [{ event, error: error.message }], [event]);
      target.parkedStreams.add(event.stream);
      return;
    }
  }
}

async function applyAtOnce(target: Target, events: readonly ReadEvent[]): Promise<void> {
  const { fold, parked } = folded(target, events);
  try {
    await target.commit(fold, parked, events);
  } catch (error) {
    throw isDataError(error) || error instanceof ForbiddenChange ? poisoned(error) : error;
  }
  for (const { event } of parked) target.parkedStreams.add(event.stream);
}

/** Folds what can be read and is not behind a parked event; events that can't be read are parked for every projection. */
function folded(
  { projection, parkedStreams }: Target,
  events: readonly ReadEvent[],
): { fold: Fold; parked: ParkedEvent[] } {
  const fold = new Fold(projection);
  const parked: ParkedEvent[] = [];
  const streams = new Set<string>();
  for (const event of events) {
    const { decoded, stream } = event;
    if (decoded instanceof Error) {
      parked.push({ event, error: decoded.message });
      streams.add(stream);
    } else if (!projection.handles.has(decoded.type)) continue;
    else if (streams.has(stream) || parkedStreams.has(stream)) parked.push({ event, error: null });
    else addTo(fold, decoded);
  }
  return { fold, parked };
}

function addTo(fold: Fold, event: LoggedEvent): void {
  try {
    fold.add(event);
  } catch (error) {
    throw poisoned(error);
  }
}

const poisoned = (cause: unknown): PoisonedBatch =>
  new PoisonedBatch(cause instanceof Error ? cause.message : String(cause), { cause });
