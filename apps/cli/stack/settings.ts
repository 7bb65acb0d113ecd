import type { DatabaseSettings } from './connections.js';
import { type Workspace, workspaceIn } from '../workspace/workspace.js';

export interface Ports {
  readonly command: number;
  readonly query: number;
  readonly projector: number;
}

/** Where things run. */
export interface Settings extends DatabaseSettings {
  readonly workspace: Workspace;
  readonly ports: Ports;
}

/** Options as commander gives them: each from the command line, else the environment, else its default. */
export interface PlaceOptions {
  readonly directory: string;
  readonly commandPort: string;
  readonly queryPort: string;
  readonly projectorPort: string;
  readonly postgresPort: string;
}

/** The command line or the environment asks for something that can't be. */
export class WrongUsage extends Error {
  override readonly name = 'WrongUsage';
}

export function settingsFrom(
  options: PlaceOptions,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Settings {
  const { KONTOR_DATABASE_URL: databaseUrl, KONTOR_EVENT_STORE_URL: eventStoreUrl } = environment;
  return {
    workspace: workspaceIn(options.directory),
    ports: {
      command: port('--command-port', options.commandPort),
      query: port('--query-port', options.queryPort),
      projector: port('--projector-port', options.projectorPort),
    },
    postgresPort: port('--postgres-port', options.postgresPort),
    ...(databaseUrl ? { databaseUrl } : {}),
    ...(eventStoreUrl ? { eventStoreUrl } : {}),
  };
}

function port(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 65_535)
    throw new WrongUsage(`${name} must be a port between 1 and 65535, but is "${text}"`);
  return value;
}
