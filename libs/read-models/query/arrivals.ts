import { setTimeout as pause } from 'node:timers/promises';
import type { Checkpoint } from '../engine/checkpoint.js';
import type { Projection } from '../engine/projection.js';

const POLL_MS = 3;

type Checkpoints = ReadonlyMap<string, Checkpoint>;

/** Waits for projections to arrive at positions. However many wait, one query at a time looks how far they have come. */
export class Arrivals {
  readonly #look: () => Promise<Checkpoints>;
  #looking: Promise<Checkpoints> | undefined;

  constructor(look: () => Promise<Checkpoints>) {
    this.#look = look;
  }

  /** Whether all of the projections have seen the position before the deadline. */
  async at(projections: readonly Projection[], position: bigint, deadlineMs: number): Promise<boolean> {
    const deadline = performance.now() + deadlineMs;
    for (;;) {
      const checkpoints = await this.#lookTogether();
      if (projections.every(({ name }) => (checkpoints.get(name)?.position ?? 0n) >= position)) return true;
      if (performance.now() + POLL_MS > deadline) return false;
      await pause(POLL_MS);
    }
  }

  #lookTogether(): Promise<Checkpoints> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }
}
