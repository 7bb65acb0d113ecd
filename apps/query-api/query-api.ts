import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Type } from '@sinclair/typebox';
import { openEventLog } from '#kontor/event-store';
import { projections, ReadModels } from '#kontor/read-models';
import {
  createService,
  JwksUrl,
  Port,
  readConfiguration,
  serviceSettings,
  UrlOf,
  type ReadinessCheck,
} from '#kontor/service';
import { document } from './open-api/document.js';
import { QueryApiModule, type Sources } from './query-api.module.js';
import { readZones } from './zones.js';

const settings = Type.Object({
  ...serviceSettings,
  KONTOR_EVENT_STORE_URL: UrlOf('postgres', 'postgresql', 'esdb'),
  KONTOR_DATABASE_URL: UrlOf('postgres', 'postgresql'),
  KONTOR_JWKS_URL: JwksUrl,
  KONTOR_ZONES: Type.String({ default: 'config/zones.json' }),
  KONTOR_QUERY_PORT: Port(3001),
});

/** The query API as the environment configures it, not listening yet. Throws `ConfigurationInvalid`. */
export async function createQueryApi(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<{ readonly app: NestFastifyApplication; readonly port: number }> {
  const configuration = readConfiguration(settings, environment);
  const sources = {
    zoneOf: await readZones(configuration.KONTOR_ZONES),
    readModels: new ReadModels(configuration.KONTOR_DATABASE_URL),
    log: openEventLog(configuration.KONTOR_EVENT_STORE_URL),
  };
  const app = await createService(QueryApiModule.with(sources), {
    logLevel: configuration.KONTOR_LOG_LEVEL,
    production: configuration.NODE_ENV === 'production',
    jwksUrl: configuration.KONTOR_JWKS_URL,
    readiness: [readModelsCheck(sources)],
    document,
  });
  return { app, port: configuration.KONTOR_QUERY_PORT };
}

/** Reports can be read whatever the lag; it is shown, so that whoever operates this sees it. */
const readModelsCheck = ({ readModels, log }: Sources): ReadinessCheck => ({
  name: 'readModels',
  check: async () => {
    const [head, checkpoints] = await Promise.all([log.head(), readModels.checkpoints()]);
    return {
      ready: true,
      lag: Object.fromEntries(
        projections.map(({ name }) => [
          name,
          Number(head.position - (checkpoints.get(name)?.position ?? 0n)),
        ]),
      ),
    };
  },
});
