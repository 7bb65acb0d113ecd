import type { Move, Queryable } from './checkpoints.js';

/** Where runners tell how far projections have come: who waits for that need not look all the time. */
export const CHANNEL = 'read_models';

const notify = {
  name: 'announce',
  text: `SELECT set_config('synchronous_commit', 'off', true), pg_notify('${CHANNEL}', $1)`,
};

/**
 * After the commit, not in it: who notifies holds a lock up to the end of the transaction, its flush to the disk included, for which
 * all others wait that notify, among them appends to a log in the same database. Nothing is lost where it fails: who waits looks too.
 */
export async function announce(
  database: Queryable,
  moves: readonly Pick<Move, 'projection' | 'to'>[],
): Promise<void> {
  const positions = moves.map(({ projection, to }) => [projection, String(to.position)]);
  await database.query({ ...notify, values: [JSON.stringify(positions)] }).catch(() => {});
}

/** Positions by projection, as they were announced. */
export const readAnnouncement = (payload: string): ReadonlyMap<string, bigint> =>
  new Map(
    (JSON.parse(payload) as [projection: string, position: string][]).map(([projection, position]) => [
      projection,
      BigInt(position),
    ]),
  );
