import { openEventLog } from '#kontor/event-store';
import { start } from '#kontor/service';
import { configuration } from './configuration.js';
import { createCommandApi } from './create-command-api.js';
import { Zones } from './desk/zones.js';
import { Policy } from './policy.js';

await start(async () => {
  const settings = configuration();
  const parts = {
    log: await openEventLog(settings.KONTOR_EVENT_STORE_URL),
    policy: await Policy.read(settings.KONTOR_DISCOUNT_POLICY),
    zones: await Zones.read(settings.KONTOR_ZONES),
    queryUrl: settings.KONTOR_QUERY_URL.replace(/\/+$/, ''),
  };
  const app = await createCommandApi(parts, {
    logLevel: settings.KONTOR_LOG_LEVEL,
    production: settings.NODE_ENV === 'production',
    jwksUrl: settings.KONTOR_JWKS_URL,
  });
  return { app, port: settings.KONTOR_COMMAND_PORT };
});
