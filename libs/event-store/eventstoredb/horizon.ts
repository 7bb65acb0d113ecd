import type { Position } from '../port.js';
import type { Connection } from './connection.js';
import { lastVisible } from './reads.js';

/** How far the log was seen to reach. */
export class Horizon {
  #position: Position = 0n;
  #first: Promise<unknown> | undefined;

  constructor(private readonly connection: Connection) {}

  /** The highest position of an event that this process has come across. */
  get position(): Position {
    return this.#position;
  }

  readonly seen = (position: Position): void => {
    if (position > this.#position) this.#position = position;
  };

  /** Asks the server for the last event's position. It may be lower than what was seen: then the log is another. */
  async ask(): Promise<Position> {
    const position = await this.connection.call(lastVisible(this.#position, this.connection.limits.tryMs));
    this.#position = position;
    return position;
  }

  /** At least what the log reached when this process first asked. */
  async known(): Promise<Position> {
    this.#first ??= this.ask();
    try {
      await this.#first;
    } catch (error) {
      this.#first = undefined;
      throw error;
    }
    return this.#position;
  }
}
