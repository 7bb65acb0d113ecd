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

export interface Measured {
  readonly series: readonly Series[];
  readonly requirements: readonly Requirement[];
}

/** What one side came to, a value a round. */
export interface Series {
  readonly name: string;
  readonly unit: string;
  readonly values: readonly number[];
}

export interface Requirement {
  readonly name: string;
  /** A value a round: a ratio of two sides that ran next to each other, or a figure of its own. */
  readonly values: readonly number[];
  /** None: told, but nothing asks for it. */
  readonly must?: Bound;
}

export type Bound = { readonly atLeast: number } | { readonly atMost: number };

export const requirement = (name: string, values: readonly number[], must?: Bound): Requirement => ({
  name,
  values,
  ...(must && { must }),
});

/** The sides of one comparison as series, under the name of what they were compared at. */
export const seriesOf = (
  at: string,
  unit: string,
  sides: Readonly<Record<string, readonly number[]>>,
): Series[] =>
  Object.entries(sides).map(([side, values]) => ({ name: at ? `${at}: ${side}` : side, unit, values }));
