import { readControlTotals, readModelTotals } from '../../apps/cli/demo/control-totals.js';
import { QueryApi } from '../../apps/cli/demo/query-api.js';
import { agrees, compareTotals } from '../../apps/cli/demo/tables.js';
import type { ImportSummary } from '../../apps/cli/online-retail/import.js';
import { connectionsOf } from '../../apps/cli/stack/connections.js';
import { signDevelopmentToken } from '../../apps/cli/workspace/development-keys.js';
import { passwordsOf } from '../../apps/cli/workspace/passwords.js';
import { KontorRun, type RunningKontor } from '../support/kontor-process.js';

export const startImport = (kontor: RunningKontor, file: string): KontorRun =>
  new KontorRun(
    ['import', 'online-retail', file, '--directory', kontor.directory, '--json'],
    kontor.eventStoreUrl,
  );

export async function summaryOf(run: KontorRun): Promise<ImportSummary> {
  const { code, stdout, stderr } = await run.finished;
  if (code !== 0) throw new Error(`the import ended with code ${code}:\n${stderr}`);
  return JSON.parse(stdout) as ImportSummary;
}

/** The control totals that the read models, having seen the whole import, don't agree with. */
export async function differingTotals(
  kontor: RunningKontor,
  file: string,
  summary: ImportSummary,
): Promise<unknown[]> {
  const token = await signDevelopmentToken(kontor.workspace, { actorId: 'test', role: 'auditor' });
  const { queryUrl, postgresPort = 0 } = await kontor.addresses();
  const api = new QueryApi(queryUrl, token, summary.position, AbortSignal.timeout(60_000));
  const connections = connectionsOf({ postgresPort }, await passwordsOf(kontor.workspace));
  const expected = await readControlTotals(file);
  const found = await readModelTotals(api, connections, expected, summary.skipped);
  return compareTotals(expected, found).filter((total) => !agrees(total));
}
