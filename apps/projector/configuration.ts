import { ConfigurationInvalid, Port, serviceSettings, UrlOf } from '#kontor/service';
import { type Static, Type } from '@sinclair/typebox';

/** What the projector is configured with, by the names of the environment. */
export const projectorSettings = Type.Object({
  ...serviceSettings,
  KONTOR_EVENT_STORE_URL: UrlOf('postgres', 'postgresql', 'esdb', 'esdb+discover'),
  /** As the role that owns the read models. */
  KONTOR_DATABASE_URL: UrlOf('postgres', 'postgresql'),
  /** Of health and metrics; there is no other HTTP. */
  KONTOR_PROJECTOR_PORT: Port(3002),
  /** Where they are given, every event is relayed to Kafka. */
  KONTOR_KAFKA_BROKERS: Type.Optional(
    Type.String({ pattern: '^[^,:]+:[0-9]+(,[^,:]+:[0-9]+)*$', description: 'host:port,host:port' }),
  ),
  /** Of each topic; settled when the topics are made. */
  KONTOR_KAFKA_PARTITIONS: Type.Integer({ minimum: 1, maximum: 1_000, default: 6 }),
  /** Where the projections take their events from: the log itself, or Kafka, which several projectors share. */
  KONTOR_PROJECTION_FEED: Type.Union([Type.Literal('log'), Type.Literal('kafka')], {
    default: 'log',
    description: 'log or kafka',
  }),
});

/** The brokers, one by one; none where Kafka is not used. */
export function kafkaBrokers({
  KONTOR_KAFKA_BROKERS,
  KONTOR_PROJECTION_FEED,
}: Static<typeof projectorSettings>): readonly string[] {
  if (!KONTOR_KAFKA_BROKERS && KONTOR_PROJECTION_FEED === 'kafka')
    throw new ConfigurationInvalid(
      'The configuration is not usable:\n  KONTOR_KAFKA_BROKERS is not set, which KONTOR_PROJECTION_FEED=kafka needs',
    );
  return KONTOR_KAFKA_BROKERS?.split(',') ?? [];
}
