import type pg from 'pg';
import { type PreparedStatement, runAsOne } from '#kontor/postgres';
import { announce } from './announcements.js';
import { type Move, movingCheckpoints } from './checkpoints.js';

/** A move of a projection's checkpoint, and what makes its rows those of the new place. */
export interface Work extends Move {
  readonly statements: readonly PreparedStatement[];
}

interface Waiting {
  readonly work: Work;
  readonly end: (isMade: boolean) => void;
}

/**
 * Makes what several projections hand in together in one transaction, over one pipelined connection; what comes meanwhile goes
 * together next.
 */
export class GroupCommit {
  #waiting: Waiting[] = [];
  #isScheduled = false;

  /** @param pool of pipelined connections whose statements wait for no lock for long */
  constructor(private readonly pool: pg.Pool) {}

  /** False where the group's transaction failed, for whatever reason: each may then try by itself, and none suffers from another. */
  make(work: Work): Promise<boolean> {
    return new Promise((end) => {
      this.#waiting.push({ work, end });
      if (this.#isScheduled) return;
      this.#isScheduled = true;
      // Projections that were given the same events hand in one after the other, and then here it is their turn.
      setImmediate(() => void this.#run());
    });
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#waiting.splice(0);
      const isMade = await this.#transact(group.map(({ work }) => work)).then(
        () => true,
        () => false,
      );
      for (const { end } of group) end(isMade);
    }
    this.#isScheduled = false;
  }

  async #transact(works: readonly Work[]): Promise<void> {
    const client = await this.pool.connect();
    // One packet carries all, the announcement too: the server comes to it when the transaction has ended.
    const { stream } = client.connection;
    stream.cork();
    const made = runAsOne(client, [
      movingCheckpoints(works),
      ...works.flatMap(({ statements }) => statements),
    ]);
    void announce(
      client,
      works.map(({ projection }) => projection),
    );
    stream.uncork();
    try {
      await made;
    } finally {
      client.release();
    }
  }
}
