import { execFile } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { slope } from '../measuring/statistics.js';

const EVERY_MS = 2_000;

export interface Memory {
  /** Megabytes at the most, from the start on. */
  readonly most: number;
  /**
   * Megabytes a minute, after the warm-up, by which the most that it had ever taken rose: what a full collection gives back is taken
   * again, and a line through the ups and downs of seven minutes would call that growth, or hide some.
   */
  readonly growth: number;
}

/** Looks at the resident memory of a process until the signal aborts, or the process has ended. */
export async function watchMemory(pid: number, warmUpSeconds: number, signal: AbortSignal): Promise<Memory> {
  const begun = performance.now();
  const seen: (readonly [minutes: number, mostSoFar: number])[] = [];
  let most = 0;
  while (!signal.aborted) {
    const megabytes = await residentMegabytes(pid);
    if (megabytes === undefined) break;
    most = Math.max(most, megabytes);
    seen.push([(performance.now() - begun) / 60_000, most]);
    await pause(EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
  const settled = seen.filter(([minutes]) => minutes * 60 >= warmUpSeconds);
  return { most, growth: slope(settled) };
}

/** Undefined where there is no such process any more. */
async function residentMegabytes(pid: number): Promise<number | undefined> {
  const listed = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]).catch(() => undefined);
  return listed && Number(listed.stdout) / 1_024;
}
