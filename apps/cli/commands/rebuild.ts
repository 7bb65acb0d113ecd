import { Command } from 'commander';
import { type EventLog, openEventLog } from '#kontor/event-store';
import {
  type Progress,
  type Projection,
  projections,
  rebuild,
  replayParked,
  reportingViews,
  type Verdict,
  verify,
} from '#kontor/read-models';
import { ExitCode } from '../exit-codes.js';
import { interruption } from '../interruption.js';
import { connectionsIn } from '../stack/open-workspace.js';
import { WrongUsage } from '../stack/settings.js';
import { withDirectory } from './place-options.js';

interface RebuildOptions {
  readonly directory: string;
  readonly verify?: true;
  readonly parked?: true;
  readonly json?: true;
}

interface Place {
  readonly log: EventLog;
  readonly databaseUrl: string;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

export const rebuildCommand = (): Command =>
  withDirectory(new Command('rebuild'))
    .summary('make read models anew from the log, or prove that they are right')
    .description(
      'Makes the tables of all projections, or of one, anew from the log beside the live ones and puts them in place at once. ' +
        'Reports and the projector go on meanwhile.',
    )
    .argument('[projection]', `one of ${projections.map(({ name }) => name).join(', ')}`)
    .option('--verify', 'replace nothing: compare the live tables with a fresh replay; code 3 if any differs')
    .option(
      '--parked',
      'only apply the events that were parked, after what was wrong with them has been mended',
    )
    .option('--json', 'print the results as JSON')
    .action(async (name: string | undefined, options: RebuildOptions) => {
      const chosen =
        name === undefined ? projections : projections.filter((projection) => projection.name === name);
      if (chosen.length === 0) throw new WrongUsage(`there is no projection "${name}"`);
      const connections = await connectionsIn(options.directory);
      const log = await openEventLog(connections.eventStore('kontor_projector'));
      const place = {
        log,
        databaseUrl: connections.database('kontor_projector'),
        signal: interruption(),
        onProgress: showProgress,
      };
      try {
        await workOf(options)(chosen, place, options);
      } finally {
        await log.close();
      }
    });

function workOf({ verify, parked }: RebuildOptions): typeof rebuildEach {
  if (verify && parked) throw new WrongUsage('--verify and --parked are two different things to do');
  if (verify) return verifyEach;
  return parked ? replayParkedOfEach : rebuildEach;
}

async function replayParkedOfEach(
  chosen: readonly Projection[],
  place: Place,
  { json }: RebuildOptions,
): Promise<void> {
  for (const projection of chosen) {
    const { replayed, failed } = await replayParked(projection, place);
    if (json) printJson({ projection: projection.name, replayed, failed });
    else {
      print(`${projection.name}: ${replayed} parked events applied, ${failed.length} streams stay parked.`);
      for (const { stream, error } of failed) print(`  ${stream}: ${error}`);
    }
    if (failed.length > 0) process.exitCode = ExitCode.notAsItShouldBe;
  }
}

async function rebuildEach(
  chosen: readonly Projection[],
  place: Place,
  { json }: RebuildOptions,
): Promise<void> {
  for (const result of await rebuild(chosen, { ...place, viewStatements: reportingViews }))
    if (json) printJson(result);
    else
      print(
        `${result.projection} is rebuilt up to position ${result.position}, ${result.parked} events parked.`,
      );
}

async function verifyEach(
  chosen: readonly Projection[],
  place: Place,
  { json }: RebuildOptions,
): Promise<void> {
  for (const verdict of await verify(chosen, place)) {
    if (json) printJson(verdict);
    else print(verdictText(verdict));
    if (!verdict.equal) process.exitCode = ExitCode.notAsItShouldBe;
  }
}

function verdictText({ projection, position, equal, tables, parked }: Verdict): string {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  if (equal)
    return `✓ ${projection}: ${rows} rows equal a fresh replay up to position ${position}, ${parked.live} events parked.`;
  const differences = tables
    .filter((table) => !table.equal)
    .flatMap(({ table, differing, examples }) => [
      `  ${table}: ${differing} rows differ`,
      ...examples.slice(0, 5).map(({ key, kind }) => `    ${kind}: ${JSON.stringify(key)}`),
    ]);
  return [`✗ ${projection} differs from a fresh replay up to position ${position}:`, ...differences].join(
    '\n',
  );
}

function showProgress({ position, of, eventsPerSecond }: Progress): void {
  if (process.stderr.isTTY)
    process.stderr.write(`\r\u001B[K${position} of ${of}, ${eventsPerSecond} events/s\r`);
}

const print = (text: string): boolean => process.stdout.write(`${text}\n`);

const printJson = (value: unknown): boolean =>
  print(JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? String(each) : each)));
