import { once } from 'node:events';
import { createServer } from 'node:net';
import { WrongUsage } from './settings.js';

export interface WantedPort {
  /** What will listen there, as it stands within a sentence. */
  readonly name: string;
  readonly port: number;
  readonly option: string;
}

/** Says in one message which ports are taken, and how to use others. */
export async function requireFreePorts(wanted: readonly WantedPort[]): Promise<void> {
  const taken: string[] = [];
  for (const { name, port, option } of wanted)
    if (await isTaken(port)) taken.push(`  ${port} for ${name}: give another with ${option} PORT`);
  if (taken.length > 0) throw new WrongUsage(`another program listens on\n${taken.join('\n')}`);
}

/** Tried on all addresses, as the services listen, and on the local one. */
async function isTaken(port: number): Promise<boolean> {
  for (const host of [undefined, '127.0.0.1']) {
    const server = createServer();
    try {
      server.listen(port, host);
      await once(server, 'listening');
    } catch (failure) {
      if (failure instanceof Error && 'code' in failure && failure.code === 'EADDRINUSE') return true;
      throw failure;
    } finally {
      server.close();
    }
  }
  return false;
}
