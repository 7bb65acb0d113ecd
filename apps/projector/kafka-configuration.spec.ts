import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clientSecurity, type KafkaCluster } from '#kontor/kafka';
import { readConfiguration } from '#kontor/service';
import { Type } from '@sinclair/typebox';
import { kafkaCluster, kafkaSettings } from './kafka-configuration.js';

type Environment = Readonly<Record<string, string>>;

const settingsIn = (environment: Environment) =>
  readConfiguration(Type.Object(kafkaSettings), {
    KONTOR_KAFKA_BROKERS: 'one:9092,two:9092',
    ...environment,
  });

const clusterIn = async (environment: Environment): Promise<KafkaCluster | undefined> =>
  kafkaCluster(settingsIn(environment));

/** What the client is told of TLS and the login. */
const securityIn = async (environment: Environment) =>
  clientSecurity((await clusterIn(environment))?.security ?? {});

const PEM = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
const login = { KONTOR_KAFKA_USER: 'kontor', KONTOR_KAFKA_PASSWORD: 'open,sesame' };

describe('Kafka in the environment', () => {
  let directory: string;
  let authorities: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'kontor-authorities-'));
    authorities = join(directory, 'authorities.pem');
    await writeFile(authorities, PEM);
  });
  afterAll(() => rm(directory, { recursive: true }));

  it('is a cluster where brokers are given, else none', async () => {
    expect(await clusterIn({})).toMatchObject({ brokers: ['one:9092', 'two:9092'] });
    expect(await clusterIn({ KONTOR_KAFKA_BROKERS: '' })).toBeUndefined();
  });

  it('has names of its own for group and topics, unless others are given', () => {
    expect(settingsIn({})).toMatchObject({
      KONTOR_KAFKA_GROUP: 'kontor-projector',
      KONTOR_KAFKA_TOPIC_PREFIX: 'kontor',
    });
    const chosen = { KONTOR_KAFKA_GROUP: 'reports.north', KONTOR_KAFKA_TOPIC_PREFIX: 'kontor-north' };
    expect(settingsIn(chosen)).toMatchObject(chosen);
  });

  it('is spoken to in plain words where nothing else is said', async () => {
    expect(await securityIn({})).toEqual({});
    expect(await securityIn({ KONTOR_KAFKA_TLS: 'false' })).toEqual({});
  });

  it('is spoken to by TLS, and proves itself by the authorities of a file', async () => {
    expect(await securityIn({ KONTOR_KAFKA_TLS: 'true' })).toEqual({ ssl: true });
    expect(await securityIn({ KONTOR_KAFKA_TLS: 'true', KONTOR_KAFKA_CA_FILE: authorities })).toEqual({
      ssl: { ca: PEM },
    });
  });

  it.each(['plain', 'scram-sha-256', 'scram-sha-512'])('is logged in to by %s', async (mechanism) => {
    expect(await securityIn({ KONTOR_KAFKA_SASL: mechanism, ...login })).toEqual({
      sasl: { mechanism, username: 'kontor', password: 'open,sesame' },
    });
  });

  it.each([
    [{ KONTOR_KAFKA_TOPIC_PREFIX: 'a b' }, 'KONTOR_KAFKA_TOPIC_PREFIX must be a name of at most 200 letters'],
    [{ KONTOR_KAFKA_GROUP: 'a/b' }, 'KONTOR_KAFKA_GROUP must be a name of at most 200 letters'],
    [{ KONTOR_KAFKA_TLS: 'yes' }, 'KONTOR_KAFKA_TLS must be true or false'],
    [
      { KONTOR_KAFKA_SASL: 'gssapi', ...login },
      'KONTOR_KAFKA_SASL must be one of plain, scram-sha-256, scram',
    ],
    [
      { KONTOR_KAFKA_BROKERS: '', KONTOR_PROJECTION_FEED: 'kafka' },
      'KONTOR_KAFKA_BROKERS is not set, which KONTOR_PROJECTION_FEED=kafka needs',
    ],
    [
      { KONTOR_KAFKA_SASL: 'plain' },
      'KONTOR_KAFKA_USER is not set, which KONTOR_KAFKA_SASL needs\n' +
        '  KONTOR_KAFKA_PASSWORD is not set, which KONTOR_KAFKA_SASL needs',
    ],
    [login, 'KONTOR_KAFKA_SASL is not set, which KONTOR_KAFKA_USER needs'],
    [{ KONTOR_KAFKA_CA_FILE: 'x.pem' }, 'KONTOR_KAFKA_TLS is not set, which KONTOR_KAFKA_CA_FILE needs'],
    [
      { KONTOR_KAFKA_TLS: 'true', KONTOR_KAFKA_CA_FILE: '/nowhere.pem' },
      "KONTOR_KAFKA_CA_FILE can't be read: Error: ENOENT",
    ],
    [
      { KONTOR_KAFKA_TLS: 'true', KONTOR_KAFKA_CA_FILE: 'package.json' },
      'KONTOR_KAFKA_CA_FILE names package.json, which holds no certificate as PEM',
    ],
  ])('is refused at the start where it makes no sense: %j', async (environment: Environment, problem) => {
    const failure: unknown = await clusterIn(environment).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'ConfigurationInvalid' });
    expect(String(failure)).toContain(problem);
    expect(String(failure)).not.toContain('open,sesame');
  });
});
