import { setTimeout as pause } from 'node:timers/promises';
import type { Position } from '#kontor/event-store';
import { type Queryable, readCheckpoints } from './postgres/checkpoints.js';

const POLL_MS = 20;

/** Where all of these projections have come to at the least; 0 where one has not begun. */
export async function reachedPosition(
  database: Queryable,
  projections: readonly string[],
): Promise<Position> {
  const checkpoints = await readCheckpoints(database);
  let least: Position | undefined;
  for (const name of projections) {
    const position = checkpoints.get(name)?.position ?? 0n;
    if (least === undefined || position < least) least = position;
  }
  return least ?? 0n;
}

/** Waits until all of these projections have seen a position. Answers where they stand: before it, if that takes longer than told. */
export async function waitForPosition(
  database: Queryable,
  projections: readonly string[],
  position: Position,
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal?: AbortSignal },
): Promise<Position> {
  const deadline = performance.now() + timeoutMs;
  while (true) {
    const reached = await reachedPosition(database, projections);
    if (reached >= position || performance.now() >= deadline || signal?.aborted) return reached;
    await pause(POLL_MS);
  }
}
