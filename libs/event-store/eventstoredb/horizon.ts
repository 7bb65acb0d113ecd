import type { Position } from '../port.js';
import type { Connection } from './connection.js';
import { lastVisible } from './reads.js';

/** How far the log was seen to reach. */
export class Horizon {
  #position: Position | undefined;

  constructor(private readonly connection: Connection) {}

  readonly seen = (position: Position): void => {
    if (this.#position !== undefined && position > this.#position) this.#position = position;
  };

  /** Asks the server for the last event's position. It may be lower than what was seen: then the log is another. */
  async ask(): Promise<Position> {
    const known = this.#position ?? 0n;
    this.#position = await this.connection.call(lastVisible(known));
    return this.#position;
  }

  /** What the log reaches at the least: as far as when this process last asked, and what it has come across since. */
  get known(): Position | undefined {
    return this.#position;
  }
}
