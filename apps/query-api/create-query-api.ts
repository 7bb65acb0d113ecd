import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { projections } from '#kontor/read-models';
import { createService, type ReadinessCheck, type ServiceSettings } from '#kontor/service';
import { document } from './open-api/document.js';
import { QueryApiModule, type Sources } from './query-api.module.js';

/** The query API, initialised but not listening. Who gave the sources closes them. */
export const createQueryApi = (
  sources: Sources,
  settings: Omit<ServiceSettings, 'readiness'>,
): Promise<NestFastifyApplication> =>
  createService(QueryApiModule.with(sources), {
    ...settings,
    readiness: [readModelsCheck(sources)],
    document,
  });

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
