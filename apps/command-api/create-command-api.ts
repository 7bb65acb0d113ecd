import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createService, type ServiceSettings } from '#kontor/service';
import { CommandApiModule, type CommandApiParts } from './command-api.module.js';
import { NDJSON } from './commands/commands.controller.js';
import { document } from './open-api.js';

/** The command API, initialised but not listening. Who gave the log closes it. */
export const createCommandApi = (
  parts: CommandApiParts,
  settings: Omit<ServiceSettings, 'readiness'>,
): Promise<NestFastifyApplication> =>
  createService(CommandApiModule.with(parts), {
    ...settings,
    readiness: [
      {
        name: 'eventLog',
        check: async () => ({ ready: true, position: String((await parts.log.head()).position) }),
      },
    ],
    streamed: [NDJSON],
    document,
  });
