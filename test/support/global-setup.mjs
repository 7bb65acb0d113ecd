import './typescript.mjs';

/** One PostgreSQL for the whole run; `startDatabase` gives each suite a database of its own in it. */
export default async function globalSetup() {
  const { startDatabaseServer } = await import('./database-server.ts');
  const server = await startDatabaseServer();
  process.env.KONTOR_TEST_SUPERUSER_URL = server.superuserUrl;
  globalThis.kontorTestDatabaseServer = server;
}
