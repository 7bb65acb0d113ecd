import { openEventLog } from '#kontor/event-store';
import { ReadModels } from '#kontor/read-models';
import { start } from '#kontor/service';
import { configuration } from './configuration.js';
import { createQueryApi } from './create-query-api.js';
import { readZones } from './zones.js';

await start(async () => {
  const settings = configuration();
  const log = await openEventLog(settings.KONTOR_EVENT_STORE_URL);
  const sources = {
    zones: await readZones(settings.KONTOR_ZONES),
    readModels: new ReadModels(settings.KONTOR_DATABASE_URL, { log }),
    log,
  };
  const app = await createQueryApi(sources, {
    logLevel: settings.KONTOR_LOG_LEVEL,
    production: settings.NODE_ENV === 'production',
    jwksUrl: settings.KONTOR_JWKS_URL,
  });
  return { app, port: settings.KONTOR_QUERY_PORT };
});
