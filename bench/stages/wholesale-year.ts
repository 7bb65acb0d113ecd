import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CommandBus } from '@nestjs/cqrs';
import { InMemoryEventLog, type RecordedEvent } from '#kontor/event-store';
import { Routes } from '#kontor/service';
import { shippedFile } from '../../apps/cli/stack/shipped-file.js';
import type { PlannedCommand } from '../../apps/cli/online-retail/commands.js';
import { readInvoices } from '../../apps/cli/online-retail/invoices.js';
import { readOrganisation } from '../../apps/cli/online-retail/organisation.js';
import { planImport } from '../../apps/cli/online-retail/plan-import.js';
import type { Answer } from '../../apps/command-api/desk/answer.js';
import { catalogueOf } from '../../apps/command-api/commands/catalogue.js';
import { createCommandApi } from '../../apps/command-api/create-command-api.js';
import { Zones } from '../../apps/command-api/desk/zones.js';
import { Policy } from '../../apps/command-api/policy.js';
import { ensureDevelopmentKeys } from '../../apps/cli/workspace/development-keys.js';
import { prepareWorkspace, workspaceIn } from '../../apps/cli/workspace/workspace.js';
import type { Run } from '../measuring/run.js';

/**
 * The events of the sample's year, or its first ones: every command of the import, decided by the command API's own handlers, over a
 * log in memory.
 */
export async function sampleEvents(run: Run, directory: string, limit: number): Promise<RecordedEvent[]> {
  run.say('the commands of the sample are decided');
  const [invoices, organisation] = await Promise.all([
    readInvoices(shippedFile('samples/online-retail.csv.gz')),
    readOrganisation(shippedFile('samples/organisation.json')),
  ]);
  const { commands } = planImport(invoices, organisation);
  const workspace = workspaceIn(join(directory, 'office'));
  await prepareWorkspace(workspace);
  await ensureDevelopmentKeys(workspace);
  const log = new InMemoryEventLog();
  const app = await createCommandApi(
    {
      log,
      policy: await Policy.read(shippedFile('config/discount-policy.json')),
      zones: await Zones.read(shippedFile('config/zones.json')),
      queryUrl: 'http://localhost',
    },
    { logLevel: 'silent', production: false, jwksUrl: pathToFileURL(workspace.jwks).href },
  );
  try {
    const catalogue = catalogueOf(app.get(Routes));
    const bus = app.get(CommandBus);
    const decide = async ({ command, sender, idempotencyKey, onBehalfOf, body }: PlannedCommand) => {
      const entry = catalogue.get(command);
      if (!entry) throw new Error(`there is no command ${command}`);
      const call = { idempotencyKey, actor: sender, ...(onBehalfOf !== undefined && { onBehalfOf }) };
      const answer: Answer = await bus.execute(entry.make(body, call));
      if (answer.status >= 300) throw new Error(`${idempotencyKey}: ${JSON.stringify(answer.body)}`);
    };
    for (const command of commands.slice(0, limit)) {
      run.signal.throwIfAborted();
      await decide(command);
    }
    const events: RecordedEvent[] = [];
    for await (const event of log.readAll()) events.push(event);
    return events;
  } finally {
    await app.close();
    await log.close();
  }
}
