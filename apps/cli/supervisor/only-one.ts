import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { relative } from 'node:path';

/**
 * Holds a directory for this process: resolves to undefined where another one holds it. Held by a listening socket rather than a
 * file with a process id, since a socket dies with its process and can't be mistaken for another's.
 */
export async function holdAlone(socketFile: string): Promise<Server | undefined> {
  // Names of sockets may have about 100 characters only; the relative one is short.
  const path =
    process.platform === 'win32' ? `\\\\.\\pipe\\${socketFile}` : relative(process.cwd(), socketFile);
  if (await somebodyAnswers(path)) return undefined;
  await rm(path, { force: true });
  const server = createServer((socket) => socket.end());
  server.listen(path);
  await once(server, 'listening');
  server.unref();
  return server;
}

async function somebodyAnswers(path: string): Promise<boolean> {
  const socket = connect(path);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
