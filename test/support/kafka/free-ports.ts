import { once } from 'node:events';
import { createServer } from 'node:net';

/** Ports that nobody listened on a moment ago, all different. */
export async function freePorts<const Count extends 1 | 3>(
  count: Count,
): Promise<Count extends 1 ? [number] : [number, number, number]>;
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  return servers.map((server) => {
    const address = server.address();
    server.close();
    if (typeof address !== 'object' || !address) throw new Error('a TCP server without a port');
    return address.port;
  });
}
