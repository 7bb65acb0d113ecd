import { Command } from 'commander';
import { readControlTotals, readModelTotals } from '../demo/control-totals.js';
import { QueryApi } from '../demo/query-api.js';
import { agrees, compareTotals, type PlanItem, planTable, totalsTable } from '../demo/tables.js';
import { ExitCode } from '../exit-codes.js';
import { aborted, interruption } from '../interruption.js';
import { importOnlineRetail } from '../online-retail/import.js';
import { progressOf } from '../output/progress.js';
import { connectionsOf } from '../stack/connections.js';
import type { RunningStack } from '../stack/running-stack.js';
import { type PlaceOptions, type Settings, settingsFrom } from '../stack/settings.js';
import { shippedFile } from '../stack/shipped-file.js';
import { signDevelopmentToken } from '../workspace/development-keys.js';
import { passwordsOf } from '../workspace/passwords.js';
import { summaryLines } from './import.js';
import { withDirectory, withPorts } from './place-options.js';
import { addressLines, whileUp } from './up.js';

interface DemoOptions extends PlaceOptions {
  readonly data: string;
  readonly exit?: true;
}

export const demoCommand = (): Command =>
  withPorts(withDirectory(new Command('demo')))
    .summary("start everything and import a wholesaler's year, to the penny")
    .description(
      'Starts everything, imports the sample through the command API, waits for the reports, and prints the control totals ' +
        'beside what the read models say, plan fulfilment by account manager, and where to go on. Stays up until Ctrl-C. ' +
        'Started again it imports nothing twice.',
    )
    .option(
      '--data <file>',
      'another file of the same shape, with its totals beside it',
      shippedFile('samples/online-retail.csv.gz'),
    )
    .option('--exit', 'end when all is printed: with code 0 only if all totals agree')
    .action(async (options: DemoOptions) => {
      const settings = settingsFrom(options);
      const signal = interruption();
      await whileUp(settings, signal, async (stack) => {
        const allAgree = await show(options.data, settings, stack, signal);
        if (!allAgree) process.exitCode = ExitCode.notAsItShouldBe;
        if (options.exit) return;
        process.stdout.write('Ctrl-C ends it.\n');
        await aborted(signal);
      });
    });

/** Whether nothing was refused and all totals agree. */
async function show(
  file: string,
  settings: Settings,
  stack: RunningStack,
  signal: AbortSignal,
): Promise<boolean> {
  const { workspace } = settings;
  const print = (text: string) => process.stdout.write(`${text}\n`);
  const expected = await readControlTotals(file);
  print(`Kontor is up. Importing ${file}:`);
  const summary = await importOnlineRetail({
    file,
    commandUrl: stack.addresses.commandUrl,
    workspace,
    progressOf: (total) => progressOf('commands', total),
    signal,
  });
  print(summaryLines(summary));

  const token = await signDevelopmentToken(workspace, { actorId: 'demo', role: 'auditor' });
  const api = new QueryApi(stack.addresses.queryUrl, token, summary.position, signal);
  const connections = connectionsOf(settings, await passwordsOf(workspace));
  const totals = compareTotals(expected, await readModelTotals(api, connections, expected, summary.skipped));
  print(totalsTable(totals));

  const [period = ''] = Object.keys(expected.months);
  const { items } = await api.get<{ items: PlanItem[] }>('/v1/plan-fulfilment', { period });
  print(`\nPlan fulfilment by account manager, ${period} (the plans are made up):\n${planTable(items)}`);
  print(addressLines(stack, workspace.logs));
  print(`An auditor's token, good for 12 hours:\n\n${token}\n`);
  print(`  curl -H "Authorization: Bearer $TOKEN" "${stack.addresses.queryUrl}/v1/turnover?by=month"\n`);

  const differing = totals.filter((total) => !agrees(total));
  print(
    differing.length === 0
      ? `All ${totals.length} control totals agree.`
      : `${differing.length} of ${totals.length} control totals differ: ${differing.map(({ name }) => name).join(', ')}.`,
  );
  return differing.length === 0 && summary.refused.length === 0;
}
