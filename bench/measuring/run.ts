/** What a measurement goes by. */
export interface Run {
  readonly pace: Pace;
  /** Aborts on Ctrl-C. */
  readonly signal: AbortSignal;
  /** Tells how far things are. */
  say(line: string): void;
}

/** How long it may take. */
export interface Pace {
  readonly kind: 'quick' | 'whole' | 'full';
  readonly rounds: number;
  /** Of a side in a round, where nothing else decides it. */
  readonly seconds: number;
}

export const paces: Readonly<Record<Pace['kind'], Pace>> = {
  quick: { kind: 'quick', rounds: 3, seconds: 1 },
  whole: { kind: 'whole', rounds: 5, seconds: 5 },
  full: { kind: 'full', rounds: 5, seconds: 5 },
};

/** A process that was just started runs code that is not compiled yet: in short rounds it takes some to get warm. */
export const warmUpsFromCold = ({ seconds }: Pick<Pace, 'seconds'>, secondsNeeded = 4): number =>
  Math.ceil(secondsNeeded / seconds);
