import type { Measured } from '../measuring/figures.js';
import type { Pace } from '../measuring/run.js';
import type { Machine } from './machine.js';

/** What a run came to, as it is written down. */
export interface Report {
  readonly startedAt: string;
  readonly pace: Pace;
  readonly machine: Machine;
  readonly rows: readonly ReportedRow[];
}

export interface ReportedRow extends Measured {
  readonly name: string;
  readonly title: string;
}
