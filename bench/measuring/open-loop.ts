import { setTimeout as pause } from 'node:timers/promises';

export interface Load {
  readonly perSecond: number;
  readonly seconds: number;
  /** One call in so many is followed up. */
  readonly sampleEvery: number;
}

const TICK_MS = 5;

/**
 * Calls at a steady rate, whatever the answers do, as many tills do; what was acknowledged is followed up in every so manieth case.
 * @returns what the follow-ups came to
 */
export async function callSteadily<Acknowledged>(
  { perSecond, seconds, sampleEvery }: Load,
  once: () => Promise<Acknowledged>,
  follow: (acknowledged: Acknowledged) => Promise<number>,
): Promise<number[]> {
  const followed: Promise<number>[] = [];
  const calls: Promise<unknown>[] = [];
  const begun = performance.now();
  const total = Math.round(perSecond * seconds);
  for (let made = 0; made < total;) {
    const due = Math.min(total, Math.floor(((performance.now() - begun) / 1_000) * perSecond));
    for (; made < due; made++) {
      const answer = once();
      calls.push(answer);
      if (made % sampleEvery === 0) followed.push(answer.then(follow));
    }
    await pause(TICK_MS);
  }
  await Promise.all(calls);
  return await Promise.all(followed);
}
