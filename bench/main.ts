import { Command, InvalidArgumentError } from 'commander';
import { ExitCode } from '../apps/cli/exit-codes.js';
import { interruption } from '../apps/cli/interruption.js';
import { paces, type Pace } from './measuring/run.js';
import { installPeers } from './peers/packages.js';
import { findPgbench, PgbenchMissing } from './peers/pgbench.js';
import { describeMachine, machineLines } from './report/machine.js';
import type { Report, ReportedRow } from './report/report.js';
import { tablesOf } from './report/tables.js';
import { verdictOf } from './report/verdict.js';
import { writeReport } from './report/write-report.js';
import { rows } from './rows/index.js';
import type { Row } from './rows/row.js';
import { Server } from './stages/server.js';
import { WholesaleLog } from './stages/wholesale-log.js';

interface Options {
  readonly quick?: true;
  readonly full?: true;
}

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const print = (text: string): void => void process.stdout.write(`${text}\n`);

const program = new Command('bench')
  .exitOverride((end) => process.exit(end.exitCode === 0 ? ExitCode.done : ExitCode.wrongUsage))
  .description('Measures Kontor against its peers and against bare limits, side by side in one run.')
  .argument('[names...]', `rows to run, of: ${rows.map(({ name }) => name).join(', ')}`, known, [])
  .option('--quick', 'three rounds of about a second on the rows that stand for the others: indicative')
  .option('--full', 'with 5 million events where growth is measured')
  .action(async (names: readonly string[], { quick, full }: Options) => {
    const pace = paces[quick ? 'quick' : full ? 'full' : 'whole'];
    const chosen = rows.filter(({ name, isQuick }) =>
      names.length > 0 ? names.includes(name) : isQuick || !quick,
    );
    await run(chosen, pace);
  });

function known(name: string, before: readonly string[]): readonly string[] {
  if (!rows.some((row) => row.name === name)) throw new InvalidArgumentError('there is no such row.');
  return [...before, name];
}

async function run(chosen: readonly Row[], pace: Pace): Promise<void> {
  const signal = interruption();
  if (chosen.some(({ needsPgbench }) => needsPgbench)) await findPgbench();
  if (chosen.some(({ needsPeers }) => needsPeers)) await installPeers(say);
  const startedAt = new Date().toISOString();
  const server = await Server.start();
  const settings = { pace, signal, say };
  const bench = { ...settings, server, wholesale: new WholesaleLog(settings, server.directory) };
  const done: ReportedRow[] = [];
  try {
    const machine = await describeMachine(server);
    print(machineLines(machine));
    if (pace.kind === 'quick') print('Short rounds: indicative.');
    for (const { name, title, measure } of chosen) {
      await server.settle();
      const measured = { name, title, ...(await measure(bench)) };
      done.push(measured);
      print(`\n${tablesOf(measured)}`);
    }
    await tell({ startedAt, pace, machine, rows: done });
  } catch (failure) {
    if (!signal.aborted) throw failure;
    process.exitCode = ExitCode.interrupted;
  } finally {
    await server.stop();
  }
}

async function tell(report: Report): Promise<void> {
  print(`\nWritten to ${await writeReport(report)}.json and .svg`);
  const missed = report.rows.flatMap(({ name, requirements }) =>
    requirements.filter((each) => verdictOf(each) === 'missed').map((each) => `${name}: ${each.name}`),
  );
  if (missed.length === 0) return;
  print(`Short by more than the spread:\n${missed.map((line) => `  ${line}`).join('\n')}`);
  process.exitCode = ExitCode.failed;
}

await program.parseAsync().catch((failure: unknown) => {
  const isMissing = failure instanceof PgbenchMissing;
  say(isMissing ? failure.message : String(failure instanceof Error ? failure.stack : failure));
  process.exitCode = isMissing ? ExitCode.wrongUsage : ExitCode.failed;
});
