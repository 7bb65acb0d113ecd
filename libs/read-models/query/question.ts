import type { Sql } from 'sql-template-tag';
import type { Projection } from '../engine/projection.js';

/** The read models as they stood at one position of the log. */
export interface Snapshot {
  /** Everything up to here is in the rows; of projections further on, later rows may be there too. */
  readonly position: Promise<bigint>;
  /**
   * Prepared once per text: values can only be parameters. What is asked before anything is waited for goes to the server in one packet,
   * and fails together. Bigints come as text, days as `YYYY-MM-DD`, instants as in answers.
   */
  rows<Row extends object>(query: Sql): Promise<readonly Row[]>;
}

/** Something that the read models can be asked. */
export interface Question<Asked, Answer> {
  /** What the answer is read from, and whose position it has. */
  readonly reads: readonly Projection[];
  readonly answer: (snapshot: Snapshot, asked: Asked) => Promise<Answer>;
}

/** A single thing: found, not there, or there but not for the eyes of whoever asks. */
export type Found<Thing> =
  | { readonly kind: 'found'; readonly thing: Thing }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'outside' };

export const unknown = { kind: 'unknown' } as const;
export const outside = { kind: 'outside' } as const;
export const found = <Thing>(thing: Thing): Found<Thing> => ({ kind: 'found', thing });
