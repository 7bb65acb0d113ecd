import { GenericContainer, getContainerRuntimeClient } from 'testcontainers';
import { answers } from './answers.js';
import { freePorts } from './free-ports.js';
import {
  type KafkaNode,
  type KafkaNodeOptions,
  type KafkaSource,
  SINGLE_NODE_SETTINGS,
} from './kafka-node.js';

const IMAGE = 'apache/kafka:4.1.0';
const CLIENT_PORT = 9092;

/** Apache's own image, by Testcontainers. */
export const container: KafkaSource = {
  name: 'a container',
  missing: async () => ((await dockerEngine()) ? undefined : 'a Docker engine that answers'),
  start: startContainer,
};

const dockerEngine = () => getContainerRuntimeClient().catch(() => undefined);

async function startContainer({ settings: own, security }: KafkaNodeOptions): Promise<KafkaNode> {
  const docker = await dockerEngine();
  if (!docker) throw new Error('the Docker engine answers no more');
  const { host } = docker.info.containerRuntime;
  const [port] = await freePorts(1); // fixed: clients are told an address that must outlive a restart
  const settings = {
    ...SINGLE_NODE_SETTINGS,
    listeners: `CLIENT://:${CLIENT_PORT},INTERNAL://:9094,CONTROLLER://:9093`,
    'advertised.listeners': `CLIENT://${host}:${port},INTERNAL://localhost:9094`,
    'controller.quorum.voters': '1@localhost:9093',
    ...own,
  };
  const environment = Object.entries(settings).map(
    ([name, value]) => [`KAFKA_${name.toUpperCase().replaceAll('.', '_')}`, value] as const,
  );
  const started = await new GenericContainer(IMAGE)
    .withEnvironment(Object.fromEntries(environment))
    .withExposedPorts({ container: CLIENT_PORT, host: port })
    .start();
  const brokers = [`${host}:${port}`];
  const process = docker.container.getById(started.getId());
  await answers(brokers, security);
  return {
    brokers,
    kill: async () => void (await process.kill({ signal: 'SIGKILL' })),
    freeze: async () => void (await process.pause()),
    thaw: async () => void (await process.unpause()),
    start: async () => {
      await process.start();
      await answers(brokers, security);
    },
    dispose: async () => void (await started.stop()),
  };
}
