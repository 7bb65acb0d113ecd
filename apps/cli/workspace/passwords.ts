import { randomBytes } from 'node:crypto';
import { readIfThere, type Workspace, writeSecret } from './workspace.js';

const ACCOUNTS = [
  'postgres',
  'kontor_owner',
  'kontor_command',
  'kontor_projector',
  'kontor_query',
  'kontor_reporting',
] as const;
export type Account = (typeof ACCOUNTS)[number];
export type Passwords = Readonly<Record<Account, string>>;

/** The passwords of the embedded PostgreSQL's accounts, made up once. */
export async function passwordsOf(workspace: Workspace): Promise<Passwords> {
  const known = await readIfThere<Passwords>(workspace.passwords);
  if (known) return known;
  const made = Object.fromEntries(
    ACCOUNTS.map((account) => [account, randomBytes(24).toString('base64url')]),
  ) as Record<Account, string>;
  await writeSecret(workspace.passwords, made);
  return made;
}

export const embeddedUrl = (account: Account, passwords: Passwords, port: number): string =>
  `postgres://${account}:${passwords[account]}@127.0.0.1:${port}/kontor`;
