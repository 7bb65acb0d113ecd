import { Type } from '@sinclair/typebox';
import { JwksUrl, Port, readConfiguration, serviceSettings, UrlOf } from '#kontor/service';

const Settings = Type.Object({
  ...serviceSettings,
  KONTOR_EVENT_STORE_URL: UrlOf('postgres', 'postgresql', 'esdb', 'esdb+discover'),
  KONTOR_DATABASE_URL: UrlOf('postgres', 'postgresql'),
  KONTOR_JWKS_URL: JwksUrl,
  KONTOR_ZONES: Type.String({ default: 'config/zones.json' }),
  KONTOR_QUERY_PORT: Port(3001),
});

/** The configuration of the query API, from the environment. */
export const configuration = () => readConfiguration(Settings);
