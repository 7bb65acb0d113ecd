import pg from 'pg';
import { appendFunctions } from './append.sql.js';
import { createRoles, grantReading, type RolePasswords } from './roles.js';
import { createTables } from './tables.sql.js';

/** Any number will do, as long as every version that may run at the same time uses it. */
const migrationLock = 7_046_029;

/**
 * Brings the log's schema `event_log`, the roles that work with it and the (empty) schemas of the read models to this version's
 * state, as the database's owner. May be run again and by several at once.
 */
export async function migratePostgresLog(
  ownerUrl: string,
  options: { readonly passwords: RolePasswords },
): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    await owner.query('begin');
    await owner.query('select pg_advisory_xact_lock($1)', [migrationLock]);
    await createRoles(owner, options.passwords);
    await owner.query(createTables);
    await owner.query(appendFunctions);
    await owner.query(grantReading);
    await owner.query('commit');
  } finally {
    await owner.end();
  }
}
