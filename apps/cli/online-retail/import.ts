import { join, dirname } from 'node:path';
import { type AnswerLine, isAccepted } from '../command-stream/line.js';
import { type RoutedCommand, sendCommands } from '../command-stream/send-commands.js';
import type { Progress } from '../output/progress.js';
import { signDevelopmentToken } from '../workspace/development-keys.js';
import type { Workspace } from '../workspace/workspace.js';
import { type PlannedCommand, senderName } from './commands.js';
import { readInvoices } from './invoices.js';
import { readOrganisation } from './organisation.js';
import { type ImportPlan, planImport } from './plan-import.js';

export interface ImportOptions {
  readonly file: string;
  /** By default `organisation.json` beside the data. */
  readonly organisation?: string;
  readonly commandUrl: string;
  readonly workspace: Workspace;
  readonly patienceMs?: number;
  readonly progressOf: (total: number) => Progress;
  readonly signal: AbortSignal;
}

export interface ImportSummary {
  readonly commands: number;
  /** By this run. */
  readonly recorded: number;
  /** Had been recorded before, or by a try of this run whose answer got lost. */
  readonly replayed: number;
  readonly refused: readonly RefusedCommand[];
  readonly recordedByCommand: Readonly<Record<string, number>>;
  readonly skipped: ImportPlan['skipped'];
  /** The greatest log position among the answers: a report that has seen it has seen the whole import. */
  readonly position: string;
}

export interface RefusedCommand {
  readonly idempotencyKey: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
}

/** Sends the data set through the command API, as a sales system, an accounting department and the directors would. */
export async function importOnlineRetail(options: ImportOptions): Promise<ImportSummary> {
  const { file, organisation = join(dirname(file), 'organisation.json'), workspace, signal } = options;
  const { commands, skipped } = planImport(await readInvoices(file), await readOrganisation(organisation));
  const tally = new Tally(commands);
  const progress = options.progressOf(commands.length);
  try {
    await sendCommands(routed(commands), {
      url: options.commandUrl,
      tokens: await tokensFor(commands, workspace),
      onAnswer: (index, answer) => {
        tally.count(index, answer);
        progress.reached(tally.answered);
      },
      onRetry: sparingly((reason) => progress.note(`Trying again: ${reason}`)),
      ...(options.patienceMs === undefined ? {} : { patienceMs: options.patienceMs }),
      signal,
    });
  } finally {
    progress.end();
  }
  return tally.summary(skipped);
}

const SAID_AGAIN_AFTER_MS = 5_000;

/** Every stream fails for the same reason, again and again: it is said once in a while. */
function sparingly(say: (reason: string) => void): (reason: string) => void {
  let saidAt = -Infinity;
  return (reason) => {
    if (Date.now() - saidAt < SAID_AGAIN_AFTER_MS) return;
    saidAt = Date.now();
    say(reason);
  };
}

function routed(commands: readonly PlannedCommand[]): RoutedCommand[] {
  const indexes = new Map(commands.map(({ idempotencyKey }, index) => [idempotencyKey, index]));
  return commands.map(({ sender, after, ...line }) => {
    const place = after === undefined ? undefined : indexes.get(after);
    return { lane: senderName(sender), line, ...(place === undefined ? {} : { after: place }) };
  });
}

async function tokensFor(
  commands: readonly PlannedCommand[],
  workspace: Workspace,
): Promise<ReadonlyMap<string, string>> {
  const senders = new Map(commands.map(({ sender }) => [senderName(sender), sender]));
  return new Map(
    await Promise.all(
      [...senders].map(
        async ([lane, sender]) => [lane, await signDevelopmentToken(workspace, sender)] as const,
      ),
    ),
  );
}

class Tally {
  answered = 0;
  private replayed = 0;
  private position = 0n;
  private readonly refused: RefusedCommand[] = [];
  private readonly recorded: Record<string, number> = {};

  constructor(private readonly commands: readonly PlannedCommand[]) {}

  count(index: number, answer: AnswerLine): void {
    const { idempotencyKey = '', command = '' } = this.commands[index] ?? {};
    this.answered++;
    if (!isAccepted(answer)) {
      const { code, detail, title } = answer.body;
      this.refused.push({
        idempotencyKey,
        status: answer.status,
        code: String(code),
        detail: String(detail ?? title ?? ''),
      });
      return;
    }
    const position = BigInt(String(answer.body['position'] ?? 0));
    if (position > this.position) this.position = position;
    if (answer.replayed) this.replayed++;
    else this.recorded[command] = (this.recorded[command] ?? 0) + 1;
  }

  summary(skipped: ImportPlan['skipped']): ImportSummary {
    return {
      commands: this.commands.length,
      recorded: Object.values(this.recorded).reduce((sum, count) => sum + count, 0),
      replayed: this.replayed,
      refused: this.refused,
      recordedByCommand: this.recorded,
      skipped,
      position: String(this.position),
    };
  }
}
