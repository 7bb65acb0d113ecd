import { access } from 'node:fs/promises';
import { Command } from 'commander';
import { ApiSilent } from '../command-stream/send-commands.js';
import { ExitCode } from '../exit-codes.js';
import { interruption } from '../interruption.js';
import { importOnlineRetail, type ImportSummary } from '../online-retail/import.js';
import { progressOf } from '../output/progress.js';
import { addressesIn } from '../stack/running-stack.js';
import { WrongUsage } from '../stack/settings.js';
import { workspaceIn } from '../workspace/workspace.js';
import { withDirectory } from './place-options.js';

interface ImportOptions {
  readonly directory: string;
  readonly organisation?: string;
  readonly url?: string;
  readonly patience: string;
  readonly json?: true;
}

export const importCommand = (): Command =>
  new Command('import').summary('bring data in through the command API').addCommand(onlineRetail());

const onlineRetail = (): Command =>
  withDirectory(new Command('online-retail'))
    .summary("a wholesaler's year: the UCI data set Online Retail")
    .description(
      'Turns the invoices of FILE (CSV, plain or .gz) into commands and sends them to the command API. Keys and ids come from the ' +
        'data: a second run records nothing, and one that was killed is resumed by the same line.',
    )
    .argument('<file>', 'such as samples/online-retail.csv.gz')
    .option(
      '--organisation <file>',
      'branches, account managers and plans (default: organisation.json beside FILE)',
    )
    .option('--url <url>', 'of the command API (default: that of the running "kontor up")')
    .option('--patience <seconds>', 'how long to go on without a single answer', '60')
    .option('--json', 'print the summary as JSON')
    .action(async (file: string, options: ImportOptions) => {
      await access(file).catch(() => {
        throw new WrongUsage(`there is no file ${file} to read`);
      });
      const workspace = workspaceIn(options.directory);
      const signal = interruption();
      try {
        const summary = await importOnlineRetail({
          file,
          ...(options.organisation === undefined ? {} : { organisation: options.organisation }),
          commandUrl: options.url ?? (await addressesIn(workspace))?.commandUrl ?? 'http://localhost:3000',
          workspace,
          patienceMs: Number(options.patience) * 1_000,
          progressOf: (total) => progressOf('commands', total),
          signal,
        });
        process.stdout.write(options.json ? `${JSON.stringify(summary)}\n` : summaryLines(summary));
        if (summary.refused.length > 0) process.exitCode = ExitCode.notAsItShouldBe;
      } catch (failure) {
        if (!(failure instanceof ApiSilent) && !signal.aborted) throw failure;
        const reason =
          failure instanceof ApiSilent
            ? `The command API does not answer: ${failure.message}`
            : 'Interrupted';
        process.stderr.write(`${reason}. What was recorded stays; resume with: ${sameLine()}\n`);
        process.exitCode = signal.aborted ? ExitCode.interrupted : ExitCode.notReachable;
      }
    });

/** As it was typed, here or after `npm run`. */
const sameLine = (): string =>
  [process.env['npm_lifecycle_event'] ? 'npm run kontor --' : 'kontor', ...process.argv.slice(2)].join(' ');

const REFUSED_SHOWN = 20;

export function summaryLines({
  commands,
  recorded,
  replayed,
  refused,
  recordedByCommand,
  skipped,
}: ImportSummary): string {
  const kinds = Object.entries(recordedByCommand).map(([command, count]) => `${count} ${command}`);
  const lines = [
    `Of ${commands} commands ${recorded} were recorded, ${replayed} had been before, ${refused.length} were refused.`,
    ...(kinds.length > 0 ? [`Recorded: ${kinds.join(', ')}.`] : []),
    `Not sales, not imported: ${skipped.correctionLines} correction lines, ${skipped.badDebtLines} bad-debt lines.`,
    ...refused
      .slice(0, REFUSED_SHOWN)
      .map(({ idempotencyKey, status, code, detail }) => `  ${idempotencyKey}: ${status} ${code} ${detail}`),
    ...(refused.length > REFUSED_SHOWN ? [`  and ${refused.length - REFUSED_SHOWN} more`] : []),
  ];
  return `${lines.join('\n')}\n`;
}
