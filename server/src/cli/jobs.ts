import type { Command } from 'commander';
import { facts, print, table } from './print.ts';
import { queueHealth } from './queue-health.ts';
import { inApp } from './with-app.ts';
import { withDatabase } from './with-database.ts';

export function addJobsCommand(program: Command): void {
  program
    .command('jobs')
    .description('What is queued, running and stuck: jobs by queue, operations by state')
    .action(async (_options: object, command: Command) => {
      const health = await withDatabase((database) =>
        inApp(database, async (ctx) => ({
          ...(await queueHealth(ctx, database.pool)),
          queues: await ctx.app.jobs.counts(),
        })),
      );
      const queues = Object.entries(health.queues).map(([name, { due, created, retry, active, failed, completed }]) => [
        name,
        due,
        created + retry,
        active,
        failed,
        completed,
      ]);
      const text = [
        facts({
          'Working processes': health.workers,
          'Oldest operation waiting, seconds': health.oldestDueSeconds,
          'Mails queued': health.mailsQueued,
          'Open alerts': health.openAlerts,
        }),
        table(['queue', 'due', 'queued', 'running', 'failed', 'done'], queues, 'No job was ever queued.'),
        table(['operations', 'count'], Object.entries(health.operations), 'There are no operations.'),
      ];
      print(command, { json: health, text: text.join('\n\n') });
    });
}
