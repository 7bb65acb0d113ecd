import type { Measured, Row } from '../measuring/row.js';
import type { Pace } from '../stages/bench.js';
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

export const reported = ({ name, title }: Row, measured: Measured): ReportedRow => ({
  name,
  title,
  ...measured,
});
