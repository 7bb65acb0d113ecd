import { Type } from '@sinclair/typebox';
import { JwksUrl, Port, readConfiguration, serviceSettings, UrlOf } from '#kontor/service';

const Settings = Type.Object({
  ...serviceSettings,
  KONTOR_EVENT_STORE_URL: UrlOf('postgres', 'postgresql', 'esdb', 'esdb+discover'),
  KONTOR_JWKS_URL: JwksUrl,
  KONTOR_COMMAND_PORT: Port(3000),
  KONTOR_QUERY_URL: { ...UrlOf('http', 'https'), default: 'http://localhost:3001' },
  KONTOR_DISCOUNT_POLICY: Type.String({ default: 'config/discount-policy.json' }),
  KONTOR_ZONES: Type.String({ default: 'config/zones.json' }),
});

/** The configuration of the command API, from the environment. */
export const configuration = () => readConfiguration(Settings);
