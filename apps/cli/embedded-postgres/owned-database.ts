import pg from 'pg';

/**
 * Makes sure, as the superuser, that a database is there and belongs to the login role `kontor_owner`, who may create the
 * other roles but is no superuser. Resolves to the URL with which that owner connects.
 */
export async function ensureOwnedDatabase(
  superuserUrl: string,
  database: string,
  ownerPassword: string,
): Promise<string> {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    const { rowCount: hasRole } = await client.query(`select from pg_roles where rolname = 'kontor_owner'`);
    await client.query(
      `${hasRole ? 'alter' : 'create'} role kontor_owner login createrole password ${client.escapeLiteral(ownerPassword)}`,
    );
    const { rowCount: hasDatabase } = await client.query('select from pg_database where datname = $1', [
      database,
    ]);
    if (!hasDatabase)
      await client.query(`create database ${client.escapeIdentifier(database)} owner kontor_owner`);
  } finally {
    await client.end();
  }
  const url = new URL(superuserUrl);
  url.username = 'kontor_owner';
  url.password = ownerPassword;
  url.pathname = `/${database}`;
  return url.href;
}
