import { Command } from 'commander';
import { migratePostgresLog, roles, type RolePasswords } from '#kontor/event-store';
import { migrateReadModels } from '#kontor/read-models';
import { WrongUsage } from '../stack/settings.js';

/** Names of the environment: KONTOR_COMMAND_PASSWORD for the role kontor_command. */
const passwordVariable = (role: string): string => `${role.toUpperCase()}_PASSWORD`;

export const migrateCommand = (): Command =>
  new Command('migrate')
    .summary('bring the databases of a deployment up to date')
    .description(
      'Makes or updates roles, event log and read models in a PostgreSQL database, as its owner. `kontor up` does this by itself.',
    )
    .addHelpText(
      'after',
      `
Environment:
  KONTOR_OWNER_URL   URL of the database, as its owner
${roles.map((role) => `  ${passwordVariable(role)}   password that ${role} gets`).join('\n')}`,
    )
    .action(async () => {
      const ownerUrl = needed('KONTOR_OWNER_URL');
      const passwords = Object.fromEntries(
        roles.map((role) => [role, needed(passwordVariable(role))]),
      ) as RolePasswords;
      await migratePostgresLog(ownerUrl, { passwords });
      const projector = new URL(ownerUrl);
      projector.username = 'kontor_projector';
      projector.password = passwords.kontor_projector;
      await migrateReadModels(projector.href);
      process.stdout.write('The databases are up to date.\n');
    });

function needed(name: string): string {
  const value = process.env[name];
  if (!value) throw new WrongUsage(`${name} is not set (kontor help migrate tells more)`);
  return value;
}
