import { Port, serviceSettings, UrlOf } from '#kontor/service';
import { Type } from '@sinclair/typebox';

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
});
