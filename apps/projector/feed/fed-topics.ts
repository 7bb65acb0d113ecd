import pg from 'pg';

/** The read models were fed from other topics, whose partitions have nothing to do with these. */
export class FedFromOtherTopics extends Error {
  override readonly name = 'FedFromOtherTopics';
}

/**
 * A checkpoint follows the partition that is furthest behind, and so would stand still at topics that nobody reads any more. Kept up from the
 * log once, read models forget where they were fed from.
 */
export async function requireSameTopics(databaseUrl: string, topics: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'kontor feed' });
  client.on('error', () => undefined); // the query rejects
  await client.connect();
  try {
    const { rows } = await client.query<{ topic: string }>(
      'SELECT DISTINCT topic FROM read_models.feed_positions WHERE topic <> ALL ($1) ORDER BY topic',
      [topics],
    );
    if (rows.length > 0)
      throw new FedFromOtherTopics(
        `the read models were fed from ${rows.map(({ topic }) => topic).join(', ')}: ` +
          'before they can be fed from other topics they must be kept up from the log once (KONTOR_PROJECTION_FEED=log)',
      );
  } finally {
    await client.end();
  }
}
