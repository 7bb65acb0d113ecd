import { Command, CommanderError } from 'commander';
import { demoCommand } from './commands/demo.js';
import { importCommand } from './commands/import.js';
import { migrateCommand } from './commands/migrate.js';
import { rebuildCommand } from './commands/rebuild.js';
import { replayCommand } from './commands/replay.js';
import { statusCommand } from './commands/status.js';
import { tokenCommand } from './commands/token.js';
import { upCommand } from './commands/up.js';
import { ExitCode, exitCodesHelp } from './exit-codes.js';
import { WrongUsage } from './stack/settings.js';

/** Everything that can be typed after `kontor`. Lives until the command is done, and sets the exit code. */
export async function runProgram(): Promise<void> {
  const program = new Command('kontor')
    .description(
      "Kontor, the event-sourced back end of a wholesale company's account managers: starts it, fills it, looks into it.",
    )
    .addHelpText(
      'after',
      `
First steps:
  $ kontor demo                       start everything, import a wholesaler's year, check it to the penny
  $ kontor up                         start everything, empty
  $ kontor import online-retail samples/online-retail.csv.gz
  $ kontor status                     how far the reports have come
${exitCodesHelp}`,
    )
    .showHelpAfterError('(kontor help COMMAND tells more)')
    .addCommand(demoCommand())
    .addCommand(upCommand())
    .addCommand(importCommand())
    .addCommand(statusCommand())
    .addCommand(rebuildCommand())
    .addCommand(replayCommand())
    .addCommand(tokenCommand())
    .addCommand(migrateCommand());

  for (const command of everyCommand(program)) command.exitOverride();

  try {
    await program.parseAsync();
  } catch (failure) {
    if (failure instanceof CommanderError) {
      process.exitCode = failure.exitCode === 0 ? ExitCode.done : ExitCode.wrongUsage;
    } else {
      process.stderr.write(`kontor: ${failure instanceof Error ? failure.message : String(failure)}\n`);
      process.exitCode = failure instanceof WrongUsage ? ExitCode.wrongUsage : ExitCode.failed;
    }
  }
}

function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}
