import { Command } from 'commander';
import { aborted, interruption } from '../interruption.js';
import { type RunningStack, startStack } from '../stack/running-stack.js';
import { type PlaceOptions, type Settings, settingsFrom } from '../stack/settings.js';
import { withDirectory, withPorts } from './place-options.js';

export const upCommand = (): Command =>
  withPorts(withDirectory(new Command('up')))
    .summary('start everything and keep it alive')
    .description(
      'Starts PostgreSQL from npm (data under .kontor/), brings the schemas up to date, makes development keys, and starts ' +
        'the command API, the projector and the query API. What dies is started again; what dies five times within a ' +
        'minute ends everything with code 1. Ctrl-C ends everything in order.',
    )
    .addHelpText(
      'after',
      `
With KONTOR_DATABASE_URL (the owner of a PostgreSQL database of your own) and KONTOR_EVENT_STORE_URL (the same for the
event log; by default it stands in that database) no PostgreSQL is started.

Examples:
  $ kontor up
  $ kontor up --command-port 8080 --directory /var/lib/kontor`,
    )
    .action(async (options: PlaceOptions) => {
      const settings = settingsFrom(options);
      const signal = interruption();
      await whileUp(settings, signal, async (stack) => {
        process.stdout.write(
          `Kontor is up.\n${addressLines(stack, settings.workspace.logs)}Ctrl-C ends it.\n`,
        );
        await aborted(signal);
      });
    });

/** Starts everything, does the work, and ends everything, also when a part can't be kept alive or the signal aborts. */
export async function whileUp(
  settings: Settings,
  signal: AbortSignal,
  work: (stack: RunningStack) => Promise<void>,
): Promise<void> {
  let stack: RunningStack | undefined;
  try {
    stack = await startStack(settings, (line) => process.stderr.write(`${line}\n`), signal);
    await Promise.race([work(stack), stack.failed]);
  } catch (failure) {
    if (!signal.aborted) throw failure;
  } finally {
    await stack?.stop();
  }
}

export const addressLines = ({ addresses }: RunningStack, logs: string): string => `
  command API  ${addresses.commandUrl}   (described at ${addresses.commandUrl}/openapi.json)
  query API    ${addresses.queryUrl}   (described at ${addresses.queryUrl}/openapi.json)
  projector    ${addresses.projectorUrl}   (/health/ready, /metrics)
  logs         ${logs}

`;
