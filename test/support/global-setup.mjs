import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import './typescript.mjs';

/**
 * One PostgreSQL for the whole run; `startDatabase` gives each suite a database of its own in it. And one build, for the suites that
 * start real processes.
 */
export default async function globalSetup() {
  const built = promisify(execFile)('npm', ['run', '-s', 'build']);
  const { startDatabaseServer } = await import('./database-server.ts');
  const server = await startDatabaseServer();
  process.env.KONTOR_TEST_SUPERUSER_URL = server.superuserUrl;
  globalThis.kontorTestDatabaseServer = server;
  await built;
}
