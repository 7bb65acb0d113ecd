import { Command, Option } from 'commander';
import { ROLES, type Role } from '#kontor/contracts';
import { signDevelopmentToken } from '../workspace/development-keys.js';
import { workspaceIn } from '../workspace/workspace.js';
import { withDirectory } from './place-options.js';

interface TokenOptions {
  readonly directory: string;
  readonly role: Role;
  readonly actor: string;
  readonly branch?: string;
  readonly expires: string;
}

export const tokenCommand = (): Command =>
  withDirectory(new Command('token'))
    .summary('print a development token')
    .description('Signs a token with the development key of the workspace. Services refuse it in production.')
    .addOption(new Option('--role <role>', 'what the actor may do').choices([...ROLES]).makeOptionMandatory())
    .requiredOption('--actor <id>', 'who acts: an account manager, a director, a system')
    .option('--branch <id>', 'the branch that the actor belongs to')
    .option('--expires <time>', 'after how long', '12h')
    .addHelpText(
      'after',
      `
Examples:
  $ kontor token --role auditor --actor ada
  $ kontor token --role account-manager --actor amelia-hart --branch london
  $ curl -H "Authorization: Bearer $(kontor token --role reporting --actor me)" localhost:3001/v1/turnover?by=month`,
    )
    .action(async ({ directory, role, actor, branch, expires }: TokenOptions) => {
      const claims = { actorId: actor, role, ...(branch === undefined ? {} : { branchId: branch }) };
      process.stdout.write(`${await signDevelopmentToken(workspaceIn(directory), claims, expires)}\n`);
    });
