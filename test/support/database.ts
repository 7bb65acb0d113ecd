import { randomUUID } from 'node:crypto';
import { migratePostgresLog } from '#kontor/event-store';
import { ensureOwnedDatabase } from '../../apps/cli/embedded-postgres/index.js';
import { withClient } from './raw-client.js';

/** A database that nobody else uses, with roles, an empty log and empty read models. */
export interface TestDatabase {
  readonly superuserUrl: string;
  readonly ownerUrl: string;
  readonly commandUrl: string;
  readonly projectorUrl: string;
  readonly queryUrl: string;
  readonly reportingUrl: string;
  drop(): Promise<void>;
}

const template = 'kontor_template';
const passwords = {
  kontor_owner: 'owner',
  kontor_command: 'command',
  kontor_projector: 'projector',
  kontor_query: 'query',
  kontor_reporting: 'reporting',
};

/** In the server of this test run, or in the one of the given URL. */
export async function startDatabase(
  superuserUrl = process.env.KONTOR_TEST_SUPERUSER_URL,
): Promise<TestDatabase> {
  if (!superuserUrl) throw new Error('no PostgreSQL was started for this run: see global-setup.mjs');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await withClient(superuserUrl, async (client) => {
    await client.query('select pg_advisory_lock(1)');
    const { rowCount } = await client.query('select from pg_database where datname = $1 and datistemplate', [
      template,
    ]);
    if (!rowCount) {
      await makeTemplate(superuserUrl);
      await client.query(`alter database ${template} is_template true`);
    }
    await client.query(`create database ${name} template ${template} owner kontor_owner`);
  });
  const urlOf = (role: keyof typeof passwords) => urlWith(superuserUrl, name, role);
  return {
    superuserUrl: urlWith(superuserUrl, name),
    ownerUrl: urlOf('kontor_owner'),
    commandUrl: urlOf('kontor_command'),
    projectorUrl: urlOf('kontor_projector'),
    queryUrl: urlOf('kontor_query'),
    reportingUrl: urlOf('kontor_reporting'),
    drop: () =>
      withClient(superuserUrl, async (client) => {
        await client.query(`drop database ${name} with (force)`);
      }),
  };
}

/** Migrated once per run: a copy of it takes a tenth of the time. */
async function makeTemplate(superuserUrl: string): Promise<void> {
  const ownerUrl = await ensureOwnedDatabase(superuserUrl, template, passwords.kontor_owner);
  await migratePostgresLog(ownerUrl, { passwords });
  const readModels: { migrateReadModels?: (url: string) => Promise<void> } =
    await import('#kontor/read-models');
  await readModels.migrateReadModels?.(urlWith(superuserUrl, template, 'kontor_projector'));
}

function urlWith(superuserUrl: string, database: string, role?: keyof typeof passwords): string {
  const url = new URL(superuserUrl);
  if (role) [url.username, url.password] = [role, passwords[role]];
  url.pathname = `/${database}`;
  return url.href;
}
