import type { Passwords } from '../workspace/passwords.js';
import { readIfThere, workspaceIn } from '../workspace/workspace.js';
import { type Connections, connectionsOf } from './connections.js';
import { addressesIn } from './running-stack.js';
import { WrongUsage } from './settings.js';

/** How to reach the databases of a workspace in which `kontor up` runs, or of those that the environment names. */
export async function connectionsIn(directory: string): Promise<Connections> {
  const workspace = workspaceIn(directory);
  const { KONTOR_DATABASE_URL: databaseUrl, KONTOR_EVENT_STORE_URL: eventStoreUrl } = process.env;
  const passwords = await readIfThere<Passwords>(workspace.passwords);
  const addresses = await addressesIn(workspace);
  if (!passwords || !(addresses ?? databaseUrl ?? eventStoreUrl))
    throw new WrongUsage(
      `no "kontor up" runs in ${workspace.directory}: start it first, or name its --directory`,
    );
  return connectionsOf(
    {
      postgresPort: addresses?.postgresPort ?? 0,
      ...(databaseUrl ? { databaseUrl } : {}),
      ...(eventStoreUrl ? { eventStoreUrl } : {}),
    },
    passwords,
  );
}
