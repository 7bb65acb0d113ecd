import { Command } from 'commander';
import pg from 'pg';
import { openEventLog } from '#kontor/event-store';
import { projections, readCheckpoints } from '#kontor/read-models';
import { tableOf } from '../output/table.js';
import { connectionsIn } from '../stack/open-workspace.js';
import { addressesIn } from '../stack/running-stack.js';
import { workspaceIn } from '../workspace/workspace.js';
import { lagOf } from './lag.js';
import { withDirectory } from './place-options.js';
import { readRelay, type RelayStatus, relayText } from './relay-status.js';

interface ProjectionStatus {
  readonly projection: string;
  readonly version: number;
  readonly position: string;
  /** Events of the log that the rows don't know yet. */
  readonly lag: string;
  /** In all its tables. */
  readonly rows: number;
  readonly parked: number;
}

interface Status {
  readonly log: { readonly id: string; readonly position: string };
  readonly projections: readonly ProjectionStatus[];
  readonly relay?: RelayStatus;
}

export const statusCommand = (): Command =>
  withDirectory(new Command('status'))
    .summary('how far log and reports have come')
    .description(
      "The log's last position, and of each projection: position, lag, rows, and events parked because they could not be applied; of the relay to Kafka, where there is one: position, lag, and what keeps it.",
    )
    .option('--json', 'print it as JSON')
    .action(async ({ directory, json }: { directory: string; json?: true }) => {
      const status = await readStatus(directory);
      process.stdout.write(json ? `${JSON.stringify(status)}\n` : `${statusText(status)}\n`);
    });

async function readStatus(directory: string): Promise<Status> {
  const connections = await connectionsIn(directory);
  const log = await openEventLog(connections.eventStore('kontor_query'));
  const database = new pg.Client({ connectionString: connections.database('kontor_query') });
  await database.connect();
  try {
    const head = await log.head();
    const checkpoints = await readCheckpoints(database);
    const { rows: parked } = await database.query<{ projection: string; parked: number }>(
      'SELECT projection, count(*)::integer AS parked FROM read_models.parked_events GROUP BY projection',
    );
    const states: ProjectionStatus[] = [];
    for (const { name, version, tables } of projections) {
      const position = checkpoints.get(name)?.position ?? 0n;
      states.push({
        projection: name,
        version: checkpoints.get(name)?.version ?? version,
        position: String(position),
        lag: lagOf(head.position, position),
        rows: await countRows(database, tables),
        parked: parked.find(({ projection }) => projection === name)?.parked ?? 0,
      });
    }
    const relay = await readRelay(database, head.position, await addressesIn(workspaceIn(directory)));
    return {
      log: { id: head.logId, position: String(head.position) },
      projections: states,
      ...(relay && { relay }),
    };
  } finally {
    await Promise.all([log.close(), database.end()]);
  }
}

async function countRows(database: pg.Client, tables: readonly { readonly name: string }[]): Promise<number> {
  const counts = tables.map(
    ({ name }) => `(SELECT count(*) FROM read_models.${database.escapeIdentifier(name)})`,
  );
  const { rows } = await database.query<{ rows: string }>(`SELECT ${counts.join(' + ')} AS rows`);
  return Number(rows[0]?.rows);
}

function statusText({ log, projections, relay }: Status): string {
  const table = tableOf(
    ['projection', 'version', 'position', 'lag', 'rows', 'parked'],
    ['left', 'right', 'right', 'right', 'right', 'right'],
  );
  for (const { projection, version, position, lag, rows, parked } of projections)
    table.push([projection, version, position, lag, rows, parked]);
  const relayed = relay ? `\n${relayText(relay)}` : '';
  return `Log ${log.id}, last position ${log.position}\n${table.toString()}${relayed}`;
}
