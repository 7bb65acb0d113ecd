import type pg from 'pg';
import { textsOf } from '#kontor/postgres';
import { arrayOf } from './text-formats.js';

/** Where runners tell how far projections have come: who waits for that need not look all the time. */
export const CHANNEL = 'read_models';

const notify = {
  name: 'announce',
  text: `
    SELECT set_config('synchronous_commit', 'off', true),
      pg_notify('${CHANNEL}', json_agg(json_build_array(projection, position::text))::text)
    FROM read_models.checkpoints WHERE projection = any ($1)`,
};

/**
 * After the commit, not in it: who notifies holds a lock up to the end of the transaction, its flush to the disk included, for which
 * all others wait that notify, among them appends to a log in the same database. What is told is what stands then, so that it may be
 * sent before the commit is answered. Nothing is lost where it fails: who waits looks too.
 */
export async function announce(client: pg.ClientBase, projections: readonly string[]): Promise<void> {
  await textsOf(client, { ...notify, values: [arrayOf('text', projections)] }).catch(() => {});
}

/** Positions by projection, as they were announced. */
export const readAnnouncement = (payload: string): ReadonlyMap<string, bigint> =>
  new Map(
    (JSON.parse(payload) as [projection: string, position: string][]).map(([projection, position]) => [
      projection,
      BigInt(position),
    ]),
  );
