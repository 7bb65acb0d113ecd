import { type Account, embeddedUrl, type Passwords } from '../workspace/passwords.js';

/** With which URL each account reaches the event log and the read models. */
export interface Connections {
  readonly eventStore: (account: Account) => string;
  readonly database: (account: Account) => string;
  /** Databases, by the URLs of their owners, that the schemas are brought up to date in. */
  readonly owned: readonly string[];
}

export interface DatabaseSettings {
  /** Of the embedded PostgreSQL; counts where no other is given. */
  readonly postgresPort: number;
  /** URL of the owner of a database elsewhere; none: the embedded PostgreSQL. */
  readonly databaseUrl?: string;
  /** The same for the event log; none: it stands in the database of the read models. */
  readonly eventStoreUrl?: string;
}

export function connectionsOf(settings: DatabaseSettings, passwords: Passwords): Connections {
  const { databaseUrl, eventStoreUrl, postgresPort } = settings;
  const owner = databaseUrl ?? (isPostgres(eventStoreUrl) ? eventStoreUrl : undefined);
  const database = (account: Account): string =>
    owner === undefined ? embeddedUrl(account, passwords, postgresPort) : as(owner, account, passwords);
  const eventStore = (account: Account): string => {
    if (eventStoreUrl === undefined) return database(account);
    return isPostgres(eventStoreUrl) ? as(eventStoreUrl, account, passwords) : eventStoreUrl;
  };
  const owned = [owner ?? database('kontor_owner')];
  if (isPostgres(eventStoreUrl) && !owned.includes(eventStoreUrl)) owned.push(eventStoreUrl);
  return { eventStore, database, owned };
}

/** Whether PostgreSQL from npm has to run for this. */
export const isEmbedded = ({ databaseUrl, eventStoreUrl }: DatabaseSettings): boolean =>
  databaseUrl === undefined && !isPostgres(eventStoreUrl);

const isPostgres = (url: string | undefined): url is string => /^postgres(ql)?:/.test(url ?? '');

function as(ownerUrl: string, account: Account, passwords: Passwords): string {
  const url = new URL(ownerUrl);
  url.username = account;
  url.password = passwords[account];
  return url.href;
}
