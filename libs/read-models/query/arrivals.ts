import { setTimeout as pause } from 'node:timers/promises';
import type { Projection } from '../engine/projection.js';

/** When nothing was told for so long, somebody looks. */
const SILENCE_MS = 25;

/** How far projections have come, by name. */
export type Positions = ReadonlyMap<string, bigint>;

export const lowest = (positions: readonly bigint[]): bigint =>
  positions.reduce((least, position) => (position < least ? position : least));

/** Waits for projections to arrive at positions: by what is told, and, since that can get lost, by looking. */
export class Arrivals {
  readonly #look: () => Promise<Positions>;
  readonly #known = new Map<string, bigint>();
  #looking: Promise<void> | undefined;
  #told = Promise.withResolvers<void>();

  /** @param look one look at a time serves all who wait */
  constructor(look: () => Promise<Positions>) {
    this.#look = look;
  }

  /** Takes what is told as it stands: after a rebuild a projection may stand further back. */
  tell(positions: Positions): void {
    for (const [name, position] of positions) this.#known.set(name, position);
    this.#told.resolve();
    this.#told = Promise.withResolvers();
  }

  /** The position that all of the projections are known to have seen, if all are known of. */
  known(projections: readonly Projection[]): bigint | undefined {
    const positions = projections.map(({ name }) => this.#known.get(name));
    return positions.every((position) => position !== undefined) ? lowest(positions) : undefined;
  }

  /** Whether all of the projections have seen the position before the deadline, a time of `performance.now()`. */
  async at(projections: readonly Projection[], position: bigint, deadline: number): Promise<boolean> {
    if (!projections.every(({ name }) => this.#known.has(name))) await this.#lookTogether();
    for (;;) {
      if (projections.every(({ name }) => (this.#known.get(name) ?? 0n) >= position)) return true;
      if (performance.now() >= deadline) return false;
      if (await this.#isSilent()) await this.#lookTogether();
    }
  }

  #isSilent(): Promise<boolean> {
    return Promise.race([this.#told.promise.then(() => false), pause(SILENCE_MS, true)]);
  }

  async #lookTogether(): Promise<void> {
    this.#looking ??= this.#look()
      .then((positions) => this.tell(positions))
      .finally(() => {
        this.#looking = undefined;
      });
    return this.#looking;
  }
}
