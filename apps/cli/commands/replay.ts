import { Command } from 'commander';
import { openEventLog } from '#kontor/event-store';
import { replayStream, type Until } from '../replay/fold-stream.js';
import { connectionsIn } from '../stack/open-workspace.js';
import { WrongUsage } from '../stack/settings.js';
import { withDirectory } from './place-options.js';

interface ReplayOptions {
  readonly directory: string;
  readonly stream: string;
  readonly until?: string;
}

export const replayCommand = (): Command =>
  withDirectory(new Command('replay'))
    .summary('print what something looked like, from its events')
    .description(
      'Folds the events of a stream by the rules of its aggregate, and prints events and state as JSON.',
    )
    .requiredOption('--stream <name>', 'such as order-35e0a198-c2bf-5e5a-8857-b25c7c1e10b9')
    .option('--until <moment>', 'a log position, or the instant of recording: what was known then')
    .addHelpText(
      'after',
      `
Examples:
  $ kontor replay --stream order-35e0a198-c2bf-5e5a-8857-b25c7c1e10b9
  $ kontor replay --stream customer-8b716262-6f8d-5d2b-a237-69881e35f53a --until 1200
  $ kontor replay --stream customer-8b716262-6f8d-5d2b-a237-69881e35f53a --until 2026-11-24T12:00:00Z`,
    )
    .action(async ({ directory, stream, until }: ReplayOptions) => {
      const connections = await connectionsIn(directory);
      const log = await openEventLog(connections.eventStore('kontor_query'));
      try {
        const replay = await replayStream(log, stream, until === undefined ? undefined : momentOf(until));
        if (!replay)
          throw new Error(
            `the stream ${stream} has no events${until === undefined ? '' : ` up to ${until}`}`,
          );
        process.stdout.write(`${JSON.stringify(replay, plain, 2)}\n`);
      } finally {
        await log.close();
      }
    });

function momentOf(text: string): Until {
  if (/^\d+$/.test(text)) return { position: BigInt(text) };
  const recordedAt = Date.parse(text);
  if (Number.isNaN(recordedAt))
    throw new WrongUsage(`--until takes a log position or an instant, not "${text}"`);
  return { recordedAt };
}

/** Maps and sets of a state as JSON knows them. */
function plain(_key: string, value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries(value);
  if (value instanceof Set) return [...value];
  return typeof value === 'bigint' ? String(value) : value;
}
