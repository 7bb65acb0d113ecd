import type { KafkaSecurity } from '#kontor/kafka';

/** A real Apache Kafka of one node (broker and controller in one, KRaft), with an empty disk, for one suite. */
export interface KafkaNode {
  readonly brokers: readonly string[];
  /** kill -9; settles when the process is gone. What it acknowledged stays on its disk. */
  kill(): Promise<void>;
  /** Stops it in its tracks: connections stay open and nothing answers. */
  freeze(): Promise<void>;
  thaw(): Promise<void>;
  /** Starts it again on the same address and disk; settles when it answers. */
  start(): Promise<void>;
  /** Ends it and removes its disk. */
  dispose(): Promise<void>;
}

export interface KafkaNodeOptions {
  /** Beside or in place of the usual ones, as they stand in a properties file. */
  readonly settings?: Readonly<Record<string, string>>;
  /** How the node is asked whether it answers. */
  readonly security?: KafkaSecurity;
}

/** Where a node can come from: `missing` says what it would take, in one line, where it can't. */
export interface KafkaSource {
  readonly name: string;
  missing(): Promise<string | undefined>;
  start(options: KafkaNodeOptions): Promise<KafkaNode>;
}

/** Settings of a node that is alone: nothing is replicated, and a restart after kill -9 waits for no old session. */
export const SINGLE_NODE_SETTINGS: Readonly<Record<string, string>> = {
  'process.roles': 'broker,controller',
  'node.id': '1',
  'controller.listener.names': 'CONTROLLER',
  'listener.security.protocol.map': 'CLIENT:PLAINTEXT,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT',
  'inter.broker.listener.name': 'INTERNAL',
  'offsets.topic.num.partitions': '1',
  'offsets.topic.replication.factor': '1',
  'transaction.state.log.replication.factor': '1',
  'transaction.state.log.min.isr': '1',
  'share.coordinator.state.topic.replication.factor': '1',
  'share.coordinator.state.topic.min.isr': '1',
  'group.initial.rebalance.delay.ms': '0',
  'auto.create.topics.enable': 'false',
  'broker.session.timeout.ms': '1500',
  'broker.heartbeat.interval.ms': '300',
};
