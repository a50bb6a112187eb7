import { Argument, type Command } from 'commander';
import { z } from 'zod';
import { previewRun } from '../automation/preview-run.ts';
import { RUN_NAMES, type RunName, runAutomation } from '../automation/run-automation.ts';
import { CommandError } from './command-error.ts';
import { print, table } from './print.ts';
import { withApp } from './with-app.ts';

interface Wanted {
  date?: string;
  dryRun?: true;
}

export function addAutomationCommands(program: Command): void {
  const automation = program.command('automation').description('Renewals, reminders, suspensions: what a night does');

  automation
    .command('run')
    .description('Do what is due and not done yet; again does nothing twice')
    .addArgument(new Argument('<name>', 'nightly is the whole ladder, in order').choices(RUN_NAMES))
    .option('--date <day>', "YYYY-MM-DD, the shop's day it stands for; today when not given", checkedDay)
    .option('--dry-run', 'only list what would be done; the date may then be in the future')
    .action((name: RunName, { date, dryRun }: Wanted, command: Command) =>
      withApp(async (ctx) => {
        const wanted = { name, day: date };
        print(command, dryRun ? asPreview(await previewRun(ctx, wanted)) : asRun(await runAutomation(ctx, wanted)));
      }),
    );
}

function checkedDay(typed: string): string {
  if (z.iso.date().safeParse(typed).success) return typed;
  throw new CommandError('wrong_day', `"${typed}" is no day. Write it as YYYY-MM-DD, for example 2026-01-31.`);
}

const asPreview = (preview: Awaited<ReturnType<typeof previewRun>>) => ({
  json: preview,
  text: table(
    ['rung', 'due', 'for', 'why'],
    preview.items.map(({ rung, dueOn, subjects, text }) => [
      rung,
      dueOn,
      subjects.map(({ label }) => label).join(', '),
      text,
    ]),
    `Nothing would be done on ${preview.day}.`,
  ),
});

const asRun = (run: Awaited<ReturnType<typeof runAutomation>>) => ({
  json: run,
  text: table(
    ['rung', 'done', 'postponed', 'failed'],
    Object.entries(run.counts as Record<string, { done: number; postponed: number; failed: number }>).map(
      ([rung, { done, postponed, failed }]) => [rung, done, postponed, failed],
    ),
    'There is no such rung.',
  ),
});
