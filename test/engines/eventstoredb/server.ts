import { once } from 'node:events';
import { createServer } from 'node:net';
import { GenericContainer, getContainerRuntimeClient, Wait } from 'testcontainers';
import { EventStoreDbStandIn } from '../../stand-ins/eventstoredb/index.js';
import { Wire } from '../../stand-ins/eventstoredb/wire.js';

/** As in docker-compose.yml. */
const image = 'eventstore/eventstore:24.2.0-jammy';
const innerPort = 2113;

/** A server, real where one can be had. */
export interface EventStoreDbServer {
  readonly name: string;
  readonly url: string;
  /** Where the server is ours to harm. */
  readonly process?: ServerProcess;
  dispose(): Promise<void>;
}

export interface ServerProcess {
  /** As kill -9 does. */
  kill(): Promise<void>;
  /** Ready to be used again, with what was acknowledged. */
  start(): Promise<void>;
}

/**
 * The server of KONTOR_TEST_EVENT_STORE_URL, which is used and left as it is; else a container where a Docker engine
 * answers; else the stand-in.
 */
export async function startEventStoreDb(): Promise<EventStoreDbServer> {
  const url = process.env['KONTOR_TEST_EVENT_STORE_URL'];
  if (url) return { name: `EventStoreDB at ${hostOf(url)}`, url, dispose: () => Promise.resolve() };
  const docker = await getContainerRuntimeClient().catch(() => undefined);
  return docker ? startContainer(docker) : startStandIn();
}

/** A wire to a server; none where an address says more than where to connect: of a cluster, or in a certificate. */
export async function wireTo(url: string): Promise<{ url: string; wire: Wire } | undefined> {
  const node = /^esdb:\/\/(?:[^@]*@)?(?<host>[^:,/?]+)(?::(?<port>\d+))?\/?\?(?:.*&)?tls=false/.exec(
    url,
  )?.groups;
  if (!node?.['host']) return undefined;
  const target = { host: node['host'], port: Number(node['port'] ?? innerPort) };
  const wire = new Wire(() => target);
  return { wire, url: `esdb://127.0.0.1:${await wire.plug()}?tls=false` };
}

async function startStandIn(): Promise<EventStoreDbServer> {
  const standIn = await EventStoreDbStandIn.start();
  return {
    name: 'EventStoreDB, a stand-in',
    url: standIn.url,
    process: { kill: () => standIn.stop(), start: () => standIn.restart() },
    dispose: () => standIn.stop(),
  };
}

type Docker = Awaited<ReturnType<typeof getContainerRuntimeClient>>;

async function startContainer(docker: Docker): Promise<EventStoreDbServer> {
  // Fixed, since it has to outlive a restart.
  const host = await freePort();
  const started = await new GenericContainer(image)
    .withEnvironment({ EVENTSTORE_INSECURE: 'true', EVENTSTORE_TELEMETRY_OPTOUT: 'true' })
    .withExposedPorts({ container: innerPort, host })
    .withWaitStrategy(Wait.forHttp('/health/live', innerPort).forStatusCode(204))
    .start();
  const container = docker.container.getById(started.getId());
  return {
    name: `EventStoreDB in a container (${image})`,
    url: `esdb://${docker.info.containerRuntime.host}:${host}?tls=false`,
    process: {
      kill: async () => {
        await container.kill({ signal: 'SIGKILL' });
      },
      start: async () => {
        await container.start();
      },
    },
    dispose: async () => {
      await started.stop();
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

const hostOf = (url: string): string => url.replace(/^.*@|^.*:\/\//, '').replace(/[?/].*$/, '');
