import { chmod, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { migratePostgresLog } from '#kontor/event-store';
import { migrateReadModels } from '#kontor/read-models';
import {
  ensureOwnedDatabase,
  freePort,
  startPostgres,
  stopPostgres,
  stopPostgresIn,
  superuser,
} from '../../apps/cli/embedded-postgres/index.js';
import { shippedFile } from '../../apps/cli/stack/shipped-file.js';
import { holdAlone } from '../../apps/cli/supervisor/only-one.js';

/** Secret from nobody: the server listens on this machine only, and lives as long as the measurement. */
export const passwords = {
  postgres: 'superuser',
  kontor_owner: 'owner',
  kontor_command: 'command',
  kontor_projector: 'projector',
  kontor_query: 'query',
  kontor_reporting: 'reporting',
};

/** Of Kontor: roles, an empty log and empty read models. */
export interface KontorDatabase {
  readonly name: string;
  readonly ownerUrl: string;
  readonly commandUrl: string;
  readonly projectorUrl: string;
  readonly queryUrl: string;
}

/** The PostgreSQL that npm installed, with Kontor's own settings: all sides are measured on the same one. */
export class Server {
  private constructor(
    readonly directory: string,
    readonly superuserUrl: string,
    private readonly stopServer: () => Promise<void>,
  ) {}

  /** A new one in the directory where `kontor up` keeps its data too, since not every temporary directory is on a disk. */
  static async start(): Promise<Server> {
    const home = shippedFile('.kontor/bench');
    const directory = join(home, 'postgres');
    await mkdir(home, { recursive: true });
    await chmod(home, 0o755);
    const hold = await holdAlone(join(home, 'bench.sock'));
    if (!hold) throw new Error('another bench is running here: they would measure each other');
    // Left by one that was killed.
    await stopPostgresIn(directory).catch(() => undefined);
    await rm(directory, { recursive: true, force: true });
    const [port, password] = [await freePort(), passwords.postgres];
    const settings = {
      // One connection for each of 256 callers, where a peer works best so.
      max_connections: '300',
      // Passwords guard nothing here, and to prove one 256 times would take up a short round.
      scram_iterations: '1',
    };
    const server = await startPostgres({ directory, port, password, settings });
    const url = `postgres://${superuser}:${password}@127.0.0.1:${port}/postgres`;
    return new Server(home, url, async () => {
      await stopPostgres(server, directory);
      await rm(directory, { recursive: true, force: true });
      hold.close();
    });
  }

  stop(): Promise<void> {
    return this.stopServer();
  }

  /** An empty database of the given name; one that was there before goes. */
  async createDatabase(name: string): Promise<string> {
    await this.dropDatabase(name);
    return await ensureOwnedDatabase(this.superuserUrl, name, passwords.kontor_owner);
  }

  async createKontor(name: string): Promise<KontorDatabase> {
    const ownerUrl = await this.createDatabase(name);
    await migratePostgresLog(ownerUrl, { passwords });
    const database = this.kontorNamed(name);
    await migrateReadModels(database.projectorUrl);
    return database;
  }

  kontorNamed(name: string): KontorDatabase {
    const urlOf = (role: keyof typeof passwords): string => {
      const url = new URL(this.superuserUrl);
      [url.username, url.password, url.pathname] = [role, passwords[role], `/${name}`];
      return url.href;
    };
    return {
      name,
      ownerUrl: urlOf('kontor_owner'),
      commandUrl: urlOf('kontor_command'),
      projectorUrl: urlOf('kontor_projector'),
      queryUrl: urlOf('kontor_query'),
    };
  }

  async dropDatabase(name: string): Promise<void> {
    await this.run(`drop database if exists "${name}" with (force)`);
  }

  /** What earlier work left to be written is written now, not while something else is measured. */
  async settle(): Promise<void> {
    await this.run('checkpoint');
  }

  /** Runs a statement as the superuser, in a database or else in that of the server's own. */
  async run<Row extends pg.QueryResultRow>(statement: string, database?: string): Promise<Row[]> {
    const url = new URL(this.superuserUrl);
    if (database !== undefined) url.pathname = `/${database}`;
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    try {
      return (await client.query<Row>(statement)).rows;
    } finally {
      await client.end();
    }
  }
}
