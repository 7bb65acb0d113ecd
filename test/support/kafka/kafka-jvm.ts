import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { answers } from './answers.js';
import { freePorts } from './free-ports.js';
import { kafkaJars } from './kafka-jars.js';
import {
  type KafkaNode,
  type KafkaNodeOptions,
  type KafkaSource,
  SINGLE_NODE_SETTINGS,
} from './kafka-node.js';

const run = promisify(execFile);

/** Apache Kafka from Maven Central's jars, as a process of ours. */
export const jvm: KafkaSource = {
  name: 'the jars of Maven Central',
  async missing() {
    const tools = [
      ['java', '-version'],
      ['mvn', '-version'],
    ] as const;
    const found = await Promise.allSettled(tools.map(([command, ...options]) => run(command, options)));
    const absent = tools
      .filter((_, index) => found[index]?.status === 'rejected')
      .map(([command]) => command);
    return absent.length > 0 ? `${absent.join(' and ')} on the PATH (Java 17 or newer)` : undefined;
  },
  start: async (options) => JvmNode.create(await kafkaJars(), options),
};

class JvmNode implements KafkaNode {
  readonly brokers: readonly string[];
  #process: ChildProcess | undefined;

  private constructor(
    private readonly jars: string,
    private readonly directory: string,
    port: number,
    private readonly security: KafkaNodeOptions['security'],
  ) {
    this.brokers = [`127.0.0.1:${port}`];
  }

  static async create(jars: string, { settings: own, security }: KafkaNodeOptions): Promise<JvmNode> {
    const directory = await mkdtemp(join(tmpdir(), 'kontor-kafka-'));
    const [client, internal, controller] = await freePorts(3);
    const settings = {
      ...SINGLE_NODE_SETTINGS,
      listeners: `CLIENT://127.0.0.1:${client},INTERNAL://127.0.0.1:${internal},CONTROLLER://127.0.0.1:${controller}`,
      'controller.quorum.voters': `1@127.0.0.1:${controller}`,
      'log.dirs': join(directory, 'data'),
      ...own,
    };
    const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
    await writeFile(join(directory, 'server.properties'), lines.join('\n'));
    const node = new JvmNode(jars, directory, client, security);
    await run(
      'java',
      node.#arguments('kafka.tools.StorageTool', 'format', '-t', 'KontorKontorKontorTest', '-c'),
    );
    await node.start();
    return node;
  }

  #arguments(mainClass: string, ...options: string[]): string[] {
    const memory = ['-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
    return [
      ...memory,
      '-cp',
      join(this.jars, '*'),
      mainClass,
      ...options,
      join(this.directory, 'server.properties'),
    ];
  }

  async start(): Promise<void> {
    const output = openSync(join(this.directory, 'output.log'), 'a');
    const child = spawn('java', this.#arguments('kafka.Kafka'), { stdio: ['ignore', output, output] });
    this.#process = child;
    const orphaned = () => child.kill('SIGKILL');
    process.once('exit', orphaned);
    child.once('exit', () => process.off('exit', orphaned));
    const died = once(child, 'exit').then(async () => {
      throw new Error(
        `Kafka ended:\n${(await readFile(join(this.directory, 'output.log'), 'utf8')).slice(-2000)}`,
      );
    });
    died.catch(() => undefined); // of interest only until it answers
    await Promise.race([answers(this.brokers, this.security), died]);
  }

  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }

  async freeze(): Promise<void> {
    this.#process?.kill('SIGSTOP');
  }

  async thaw(): Promise<void> {
    this.#process?.kill('SIGCONT');
  }

  async dispose(): Promise<void> {
    await this.#end('SIGKILL');
    await rm(this.directory, { recursive: true, force: true });
  }
}
