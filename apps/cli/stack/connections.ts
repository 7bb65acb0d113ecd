import { type Account, embeddedUrl, type Passwords } from '../workspace/passwords.js';
import type { Settings } from './settings.js';

/** With which URL each account reaches the event log and the read models. */
export interface Connections {
  readonly eventStore: (account: Account) => string;
  readonly database: (account: Account) => string;
  /** Databases, by the URLs of their owners, that the schemas are brought up to date in. */
  readonly owned: readonly string[];
}

export function connectionsOf(settings: Settings, passwords: Passwords): Connections {
  const { databaseUrl, eventStoreUrl, ports } = settings;
  const owner = databaseUrl ?? (isPostgres(eventStoreUrl) ? eventStoreUrl : undefined);
  const database = (account: Account): string =>
    owner === undefined ? embeddedUrl(account, passwords, ports.postgres) : as(owner, account, passwords);
  const eventStore = (account: Account): string => {
    if (eventStoreUrl === undefined) return database(account);
    return isPostgres(eventStoreUrl) ? as(eventStoreUrl, account, passwords) : eventStoreUrl;
  };
  const owned = [owner ?? database('kontor_owner')];
  if (isPostgres(eventStoreUrl) && !owned.includes(eventStoreUrl)) owned.push(eventStoreUrl);
  return { eventStore, database, owned };
}

/** Whether PostgreSQL from npm has to run for this. */
export const isEmbedded = ({ databaseUrl, eventStoreUrl }: Settings): boolean =>
  databaseUrl === undefined && !isPostgres(eventStoreUrl);

const isPostgres = (url: string | undefined): url is string => /^postgres(ql)?:/.test(url ?? '');

function as(ownerUrl: string, account: Account, passwords: Passwords): string {
  const url = new URL(ownerUrl);
  url.username = account;
  url.password = passwords[account];
  return url.href;
}
