import pg from 'pg';
import { Client } from '#kontor/postgres';
import { settlesWithin } from '#kontor/waiting';

/**
 * Settings of a runner's session. A holder of locks that is gone without a word is noticed by the server after
 * 5 s + 3 × 2 s of silence, and one that hangs within a transaction after a minute.
 */
const sessionSettings = [
  'tcp_keepalives_idle=5',
  'tcp_keepalives_interval=2',
  'tcp_keepalives_count=3',
  'tcp_user_timeout=11000',
  'client_connection_check_interval=5000',
  'idle_in_transaction_session_timeout=60000',
];

const sessionOptions = (
  url: string,
  applicationName: string,
  settings: readonly string[] = sessionSettings,
): pg.ClientConfig => ({
  connectionString: url,
  application_name: applicationName,
  options: settings.map((setting) => `-c ${setting}`).join(' '),
  keepAlive: true,
  keepAliveInitialDelayMillis: 5_000,
  connectionTimeoutMillis: 10_000,
});

/**
 * One connection at a time, made anew when it has broken, on which statements follow each other without waiting for answers, and none
 * waits for a lock for long.
 */
export function pipelinePool(url: string, applicationName: string): pg.Pool {
  const session = sessionOptions(url, applicationName, [...sessionSettings, 'lock_timeout=100']);
  const pool = new pg.Pool({ ...session, Client, pipeline: true, max: 1 });
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/** One session, not to be reached through a pooler that hands sessions around: locks belong to it. */
export async function connect(url: string, applicationName: string): Promise<pg.Client> {
  const client = new Client(sessionOptions(url, applicationName));
  // A connection that breaks while idle says so by this event alone; the next query on it rejects, which is where it is handled.
  client.on('error', () => {});
  await client.connect();
  return client;
}

/** Ends a session, and with it its locks. A server that is gone is not waited for. */
export async function disconnect(client: pg.Client): Promise<void> {
  await settlesWithin(client.end(), 2_000).catch(() => {});
}

/** Runs work in one transaction: committed if it succeeds, else rolled back. */
export async function inTransaction<Result>(
  client: pg.ClientBase,
  work: () => Promise<Result>,
): Promise<Result> {
  await client.query('BEGIN');
  try {
    const result = await work();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    // Where the connection is what failed there is nothing left to roll back.
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  }
}

/** The same within a transaction that is under way. */
export async function withSavepoint<Result>(
  client: pg.ClientBase,
  work: () => Promise<Result>,
): Promise<Result> {
  await client.query('SAVEPOINT work');
  try {
    const result = await work();
    await client.query('RELEASE SAVEPOINT work');
    return result;
  } catch (error) {
    await client.query('ROLLBACK TO SAVEPOINT work').catch(() => {});
    throw error;
  }
}

/** Session lock on a name, if nobody else holds it; it ends with the session. */
export async function tryLock(client: pg.ClientBase, name: string): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>(
    'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS locked',
    [name],
  );
  return rows[0]?.locked ?? false;
}

/** The same lock, to be had by many at once, but by none while somebody holds it alone. */
export async function tryShareLock(client: pg.ClientBase, name: string): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>(
    'SELECT pg_try_advisory_lock_shared(hashtextextended($1, 0)) AS locked',
    [name],
  );
  return rows[0]?.locked ?? false;
}

/** Whether the data, not the connection or the server, is what a statement failed on (SQLSTATE classes 22 and 23). */
export const isDataError = (error: unknown): boolean =>
  error instanceof pg.DatabaseError &&
  (error.code?.startsWith('22') || error.code?.startsWith('23')) === true;
