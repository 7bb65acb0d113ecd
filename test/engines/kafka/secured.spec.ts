import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { InMemoryEventLog } from '#kontor/event-store';
import { kafkaClient, type KafkaSecurity } from '#kontor/kafka';
import { type KafkaNode, startKafka } from '../../support/kafka/index.js';
import { startDatabase, type TestDatabase } from '../../support/database.js';
import { RelayInProcess } from './relay-in-process.js';
import { appendPayments } from './sample-events.js';
import { eventsOf, readTopics } from './topics.js';

const CERTIFICATES = 'test/stand-ins/eventstoredb/certificate';
const login = { mechanism: 'plain', user: 'kontor', password: 'open sesame' } as const;

describe('A relay to a Kafka with TLS and a login', () => {
  let node: KafkaNode;
  let database: TestDatabase;
  let tls: NonNullable<KafkaSecurity['tls']>;
  let relay: RelayInProcess;
  const said: string[] = [];
  const log = new InMemoryEventLog();

  beforeAll(async () => {
    const [certificate, key] = await Promise.all(
      ['certificate.pem', 'key-for-tests.pem'].map((file) => readFile(`${CERTIFICATES}/${file}`, 'utf8')),
    );
    tls = { authorities: certificate ?? '' };
    const inOneLine = (text = '') => text.trim().replaceAll('\n', '\\n');
    const settings = {
      'listener.security.protocol.map': 'CLIENT:SASL_SSL,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT',
      'listener.name.client.ssl.keystore.type': 'PEM',
      'listener.name.client.ssl.keystore.certificate.chain': inOneLine(certificate),
      'listener.name.client.ssl.keystore.key': inOneLine(key),
      'listener.name.client.sasl.enabled.mechanisms': 'PLAIN',
      'listener.name.client.plain.sasl.jaas.config':
        `org.apache.kafka.common.security.plain.PlainLoginModule required ` +
        `user_${login.user}="${login.password}";`,
    };
    [node, database] = await Promise.all([
      startKafka({ settings, security: { tls, login } }),
      startDatabase(),
    ]);
  });
  afterEach(() => relay.stop());
  afterAll(() => Promise.all([node.dispose(), database.drop()]));

  const startRelay = (security: KafkaSecurity): RelayInProcess =>
    (relay = new RelayInProcess(log, {
      databaseUrl: database.projectorUrl,
      brokers: node.brokers,
      security,
      topicPrefix: 'kontor',
      partitions: 3,
      kafkaLog: (_, message) => said.push(message),
    }));

  it.each([
    ['a wrong password', () => ({ tls, login: { ...login, password: 'open barley' } }), /SASL PLAIN auth/],
    ['no login', () => ({ tls }), /closed|handshake|request/i],
    ['authorities that know nothing of it', () => ({ tls: {}, login }), /self.signed certificate/],
  ])('tells its trouble with %s, and keeps passwords to itself', async (_, security, reason) => {
    startRelay(security());
    await relay.failsTimes(1);
    expect(relay.status).toMatchObject({ state: 'backing-off', error: expect.stringMatching(reason) });
    expect([...said, relay.status.error].join('\n')).not.toMatch(/open (sesame|barley)/);
  });

  it('is let in, and others that are let in read what it has published', async () => {
    startRelay({ tls, login });
    await relay.comesTo(await appendPayments(log, 5, 4));
    const reader = kafkaClient({
      brokers: node.brokers,
      security: { tls, login },
      clientId: 'test',
      log: () => undefined,
    });
    expect(eventsOf(await readTopics(reader))).toHaveLength(20);
  });
});
