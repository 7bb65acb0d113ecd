import type { Run } from './run.js';

/** Runs one round of a side and tells what it came to. */
export type Side = () => Promise<number>;

export interface RoundsOptions {
  /** Where a round takes longer than a minute three are enough. */
  readonly rounds?: number;
  /** So often each side runs before the first round counts, so that none is measured cold. */
  readonly warmUps?: number;
}

/** Runs the sides in turn, A B C A B C, so that whatever else happens on the machine meets all of them. */
export async function alternate<Name extends string>(
  run: Run,
  what: string,
  sides: Readonly<Record<Name, Side>>,
  { rounds = run.pace.rounds, warmUps = 1 }: RoundsOptions = {},
): Promise<Record<Name, number[]>> {
  const names = Object.keys(sides) as Name[];
  const values = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = 1 - warmUps; round <= rounds; round++) {
    for (const name of names) {
      run.signal.throwIfAborted();
      const value = await sides[name]();
      if (round > 0) values[name].push(value);
      const turn = round <= 0 ? 'warm-up' : `round ${round} of ${rounds}`;
      run.say(`${what}, ${turn}: ${name} ${format(value)}`);
    }
  }
  return values;
}

export const format = (value: number): string =>
  Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
