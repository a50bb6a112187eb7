import { createRequire } from 'node:module';
import { Command } from 'commander';
import { addAutomationCommands } from './automation.ts';
import { addBackupCommands } from './backup.ts';
import { addDoctorCommand } from './doctor.ts';
import { addJobsCommand } from './jobs.ts';
import { addMigrateCommand } from './migrate.ts';
import { addModuleCommands } from './module.ts';
import { addOperationCommands } from './operation.ts';
import { addOrderCommands } from './order.ts';
import { addSecretsCommands } from './secrets.ts';
import { addServerCommands } from './server.ts';
import { addServiceCommands } from './service.ts';
import { addStaffCommands } from './staff.ts';
import { addStartCommand } from './start.ts';
import { addWorkerCommand } from './worker.ts';

const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };

/** Every command there is. Wrong usage and `--help` are thrown as CommanderError instead of ending the process. */
export function createProgram(): Command {
  const program = new Command('hostwright')
    .description('Billing and automation for web hosting. Settings come from the environment: docs/configuration.md.')
    .version(version)
    .option('--json', 'one JSON value on standard output; problems as {"error": {"code", "message"}}')
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(add --help for what can be given)')
    .exitOverride();

  program.commandsGroup('Running the shop:');
  addStartCommand(program);
  addWorkerCommand(program);
  addMigrateCommand(program);
  addDoctorCommand(program);

  program.commandsGroup('Hosting:');
  addServerCommands(program);
  addServiceCommands(program);
  addOperationCommands(program);
  addOrderCommands(program);
  addAutomationCommands(program);
  addJobsCommand(program);
  addModuleCommands(program);

  program.commandsGroup('Keeping it safe:');
  addBackupCommands(program);
  addSecretsCommands(program);
  addStaffCommands(program);
  return program;
}
