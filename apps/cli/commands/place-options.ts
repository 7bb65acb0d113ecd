import { type Command, Option } from 'commander';

/** The options of every command that works on a workspace. */
export const withDirectory = (command: Command): Command =>
  command.addOption(
    new Option('--directory <path>', 'where Kontor keeps its data, keys and logs')
      .env('KONTOR_DIRECTORY')
      .default('.kontor'),
  );

/** The options of every command that starts the parts. */
export const withPorts = (command: Command): Command =>
  command
    .addOption(
      new Option('--command-port <port>', 'of the command API').env('KONTOR_COMMAND_PORT').default('3000'),
    )
    .addOption(new Option('--query-port <port>', 'of the query API').env('KONTOR_QUERY_PORT').default('3001'))
    .addOption(
      new Option('--projector-port <port>', "of the projector's health and metrics")
        .env('KONTOR_PROJECTOR_PORT')
        .default('3002'),
    )
    .addOption(
      new Option('--postgres-port <port>', 'of the embedded PostgreSQL')
        .env('KONTOR_POSTGRES_PORT')
        .default('5442'),
    );
