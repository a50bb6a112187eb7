import type { Command } from 'commander';
import { startWorker } from '../worker.ts';
import { untilStopped } from './until-stopped.ts';
import { withApp } from './with-app.ts';

export function addWorkerCommand(program: Command): void {
  program
    .command('worker')
    .description('Work jobs in one more process beside `start --no-demo`, on the same database and key')
    .action(() =>
      withApp(async ({ app }) => {
        const worker = await startWorker(app);
        console.log('Working.');
        await untilStopped();
        await worker.stop();
      }),
    );
}
