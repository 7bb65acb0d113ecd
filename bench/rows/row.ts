import type { Measured } from '../measuring/figures.js';
import type { Bench } from '../stages/bench.js';

/** A line of the table of requirements: what is measured, against what, and what it must reach. */
export interface Row {
  /** As it is called on the command line. */
  readonly name: string;
  /** What is measured against what, in a sentence. */
  readonly title: string;
  readonly isQuick?: boolean;
  /** Packages of peers have to be installed for it. */
  readonly needsPeers?: boolean;
  readonly needsPgbench?: boolean;
  readonly measure: (bench: Bench) => Promise<Measured>;
}
