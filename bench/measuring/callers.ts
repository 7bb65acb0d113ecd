/** How many calls each caller got through in a round, and how long it took. */
export interface Calls {
  readonly perSecond: number;
  readonly byCaller: readonly number[];
}

/**
 * So many callers at once, each of which makes its next call when the last one is answered, until the time is over; calls
 * that are then under way are finished and counted.
 */
export async function call(
  callers: number,
  seconds: number,
  signal: AbortSignal,
  once: (caller: number) => Promise<unknown>,
): Promise<Calls> {
  const byCaller = Array.from({ length: callers }, () => 0);
  const begun = performance.now();
  const end = begun + seconds * 1_000;
  await Promise.all(
    byCaller.map(async (_, caller) => {
      while (performance.now() < end && !signal.aborted) {
        await once(caller);
        byCaller[caller] = (byCaller[caller] ?? 0) + 1;
      }
    }),
  );
  const total = byCaller.reduce((sum, count) => sum + count, 0);
  return { perSecond: (total / (performance.now() - begun)) * 1_000, byCaller };
}
