/** What the measurement of a row came to. */
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
