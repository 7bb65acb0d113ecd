import type pg from 'pg';

/** Login roles of the applications, and the one that reporting tools use. */
export const roles = ['kontor_command', 'kontor_projector', 'kontor_query', 'kontor_reporting'] as const;
export type RoleName = (typeof roles)[number];
export type RolePasswords = Readonly<Record<RoleName, string>>;

/** Roles belong to the server, not to a database: databases of one server share them, passwords included. */
export async function createRoles(owner: pg.Client, passwords: RolePasswords): Promise<void> {
  for (const role of roles) {
    const { rowCount } = await owner.query('select from pg_roles where rolname = $1', [role]);
    const verb = rowCount ? 'alter' : 'create';
    await owner.query(`${verb} role ${role} login password ${owner.escapeLiteral(passwords[role])}`);
  }
  // A session that was left in the middle of a transaction would keep every other from appending.
  await owner.query(`alter role kontor_command set idle_in_transaction_session_timeout = '10s'`);
  // Needed to hand the read models' schemas over to the role that fills them.
  await owner.query('grant kontor_projector to current_user');
}

/** The log is read by every application; who writes it only executes its functions; the read models are the projector's. */
export const grantReading = `
revoke all on schema event_log from public;
revoke all on all tables in schema event_log from public;
revoke all on all functions in schema event_log from public;
grant usage on schema event_log to kontor_command, kontor_projector, kontor_query;
grant select on all tables in schema event_log to kontor_command, kontor_projector, kontor_query;
grant execute on function event_log.append, event_log.append_apart, event_log.append_alone to kontor_command;

create schema if not exists read_models authorization kontor_projector;
create schema if not exists read_models_next authorization kontor_projector;
create schema if not exists reporting authorization kontor_projector;
`;
