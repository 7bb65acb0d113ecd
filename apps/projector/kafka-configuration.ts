import { readFile } from 'node:fs/promises';
import { TOPIC_PREFIX } from '#kontor/contracts';
import { type KafkaCluster, type KafkaSecurity, SASL_MECHANISMS } from '#kontor/kafka';
import { ConfigurationInvalid } from '#kontor/service';
import { type Static, Type } from '@sinclair/typebox';

const Name = (standard: string) =>
  Type.String({
    pattern: '^[A-Za-z0-9._-]{1,200}$',
    default: standard,
    description: 'a name of at most 200 letters, digits, ".", "_" and "-"',
  });

/** Everything about Kafka, by the names of the environment. */
export const kafkaSettings = {
  /** Where they are given, every event is relayed to Kafka. */
  KONTOR_KAFKA_BROKERS: Type.Optional(
    Type.String({ pattern: '^[^,:]+:[0-9]+(,[^,:]+:[0-9]+)*$', description: 'host:port,host:port' }),
  ),
  /** Of each topic; settled when the topics are made. */
  KONTOR_KAFKA_PARTITIONS: Type.Integer({ minimum: 1, maximum: 1_000, default: 6 }),
  /** Each log in a cluster has topics of its own: `kontor.order` and so on. Under another prefix everything is relayed anew. */
  KONTOR_KAFKA_TOPIC_PREFIX: Name(TOPIC_PREFIX),
  /** The consumer group of the projectors that keep up the same read models; other read models need another. */
  KONTOR_KAFKA_GROUP: Name('kontor-projector'),
  KONTOR_KAFKA_TLS: Type.Boolean({ default: false, description: 'true or false' }),
  /** Authorities that the cluster may prove itself by (PEM), in place of Node's own list. */
  KONTOR_KAFKA_CA_FILE: Type.Optional(Type.String()),
  /** With which the user logs in; there is no login without one. */
  KONTOR_KAFKA_SASL: Type.Optional(
    Type.Unsafe<(typeof SASL_MECHANISMS)[number]>({
      type: 'string',
      enum: SASL_MECHANISMS,
      description: `one of ${SASL_MECHANISMS.join(', ')}`,
    }),
  ),
  KONTOR_KAFKA_USER: Type.Optional(Type.String()),
  KONTOR_KAFKA_PASSWORD: Type.Optional(Type.String()),
  /** Where the projections take their events from: the log itself, or Kafka, which several projectors share. */
  KONTOR_PROJECTION_FEED: Type.Union([Type.Literal('log'), Type.Literal('kafka')], {
    default: 'log',
    description: 'log or kafka',
  }),
};

const schema = Type.Object(kafkaSettings);
type KafkaSettings = Static<typeof schema>;

/** The cluster that is configured; undefined where Kafka is not used. Throws `ConfigurationInvalid` where something lacks what it needs. */
export async function kafkaCluster(settings: KafkaSettings): Promise<KafkaCluster | undefined> {
  const unmet = unmetNeeds(settings);
  if (unmet.length > 0) throw notUsable(unmet);
  const { KONTOR_KAFKA_BROKERS: brokers } = settings;
  if (!brokers) return undefined;
  return { brokers: brokers.split(','), security: await securityOf(settings) };
}

/** What is only half given is not passed over: somebody would take the connection for safer than it is. */
function unmetNeeds(settings: KafkaSettings): readonly string[] {
  const needs = (
    name: keyof KafkaSettings,
    ...needed: readonly (keyof KafkaSettings)[]
  ): readonly string[] =>
    settings[name] ? needed.filter((other) => !settings[other]).map((other) => lacking(other, name)) : [];
  return [
    ...(settings.KONTOR_PROJECTION_FEED === 'kafka' && !settings.KONTOR_KAFKA_BROKERS
      ? [lacking('KONTOR_KAFKA_BROKERS', 'KONTOR_PROJECTION_FEED=kafka')]
      : []),
    ...needs('KONTOR_KAFKA_CA_FILE', 'KONTOR_KAFKA_TLS'),
    ...needs('KONTOR_KAFKA_SASL', 'KONTOR_KAFKA_USER', 'KONTOR_KAFKA_PASSWORD'),
    ...needs('KONTOR_KAFKA_USER', 'KONTOR_KAFKA_SASL'),
    ...needs('KONTOR_KAFKA_PASSWORD', 'KONTOR_KAFKA_SASL'),
  ];
}

const lacking = (needed: string, by: string): string => `${needed} is not set, which ${by} needs`;

async function securityOf(settings: KafkaSettings): Promise<KafkaSecurity> {
  const {
    KONTOR_KAFKA_TLS: isEncrypted,
    KONTOR_KAFKA_CA_FILE: authoritiesFile,
    KONTOR_KAFKA_SASL: mechanism,
    KONTOR_KAFKA_USER: user,
    KONTOR_KAFKA_PASSWORD: password,
  } = settings;
  return {
    ...(isEncrypted && {
      tls: authoritiesFile ? { authorities: await authoritiesIn(authoritiesFile) } : {},
    }),
    ...(mechanism && user && password && { login: { mechanism, user, password } }),
  };
}

async function authoritiesIn(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((failure: unknown) => {
    throw notUsable([`KONTOR_KAFKA_CA_FILE can't be read: ${String(failure)}`]);
  });
  if (!text.includes('-----BEGIN CERTIFICATE-----'))
    throw notUsable([`KONTOR_KAFKA_CA_FILE names ${file}, which holds no certificate as PEM`]);
  return text;
}

const notUsable = (problems: readonly string[]): ConfigurationInvalid =>
  new ConfigurationInvalid(
    `The configuration is not usable:\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
  );
