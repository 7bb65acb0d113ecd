import { Port, serviceSettings, UrlOf } from '#kontor/service';
import { Type } from '@sinclair/typebox';
import { kafkaSettings } from './kafka-configuration.js';

/** What the projector is configured with, by the names of the environment. */
export const projectorSettings = Type.Object({
  ...serviceSettings,
  KONTOR_EVENT_STORE_URL: UrlOf('postgres', 'postgresql', 'esdb', 'esdb+discover'),
  /** As the role that owns the read models. */
  KONTOR_DATABASE_URL: UrlOf('postgres', 'postgresql'),
  /** Of health and metrics; there is no other HTTP. */
  KONTOR_PROJECTOR_PORT: Port(3002),
  ...kafkaSettings,
});
