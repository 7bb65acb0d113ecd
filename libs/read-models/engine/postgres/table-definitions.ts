import type pg from 'pg';
import type { Table } from '../table.js';
import { tableName } from './statements.js';

/** Where rebuilds and verifications make their tables. */
export const NEXT_SCHEMA = 'read_models_next';
export const LIVE_SCHEMA = 'read_models';

/** Statements that complete a table made like the live one: its keys and indexes under their own names, its comment, who reads it. */
export interface Completion {
  readonly constraints: readonly string[];
  readonly indexes: readonly string[];
  readonly others: readonly string[];
}

/** Makes an empty table beside the live one, without keys and indexes, and tells what completes it. */
export async function makeLike(
  client: pg.Client,
  table: Pick<Table, 'name'>,
  { durable }: { readonly durable: boolean },
): Promise<Completion> {
  const [live, next] = [tableName(LIVE_SCHEMA, table), tableName(NEXT_SCHEMA, table)];
  await client.query(`DROP TABLE IF EXISTS ${next}`);
  await client.query(
    `CREATE ${durable ? '' : 'UNLOGGED'} TABLE ${next} (LIKE ${live} INCLUDING ALL EXCLUDING INDEXES)`,
  );
  // LIKE leaves out how rows are stored.
  const { rows: stored } = await client.query<{ options: string }>(
    `SELECT array_to_string(reloptions, ', ') AS options FROM pg_class WHERE oid = $1::regclass AND reloptions IS NOT NULL`,
    [live],
  );
  for (const { options } of stored) await client.query(`ALTER TABLE ${next} SET (${options})`);
  const statements = async (sql: string): Promise<string[]> => {
    const { rows } = await client.query<{ statement: string }>(sql, [live, next]);
    return rows.map(({ statement }) => statement);
  };
  return {
    constraints: await statements(`
      SELECT format('ALTER TABLE %s ADD CONSTRAINT %I %s', $2::text, conname, pg_get_constraintdef(oid)) AS statement
      FROM pg_constraint WHERE conrelid = $1::regclass AND contype IN ('p', 'u', 'x') ORDER BY contype, conname`),
    indexes: await statements(`
      SELECT replace(pg_get_indexdef(indexrelid), ' ON ' || $1::regclass::text || ' ', ' ON ' || $2::text || ' ') AS statement
      FROM pg_index WHERE indrelid = $1::regclass
        AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)`),
    others: await statements(`
      SELECT format('COMMENT ON TABLE %s IS %L', $2::text, obj_description($1::regclass, 'pg_class')) AS statement
      UNION ALL
      SELECT format('GRANT %s ON %s TO %s', privilege_type, $2::text,
        CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END)
      FROM pg_class, aclexplode(relacl) WHERE pg_class.oid = $1::regclass AND grantee <> relowner`),
  };
}
