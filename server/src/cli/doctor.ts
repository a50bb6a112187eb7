import type { Command } from 'commander';
import { readConfig } from '../config.ts';
import { examineBooks } from './doctor/books.ts';
import { examineDatabase, examineSecrets } from './doctor/database.ts';
import { type Finding, fail } from './doctor/finding.ts';
import { examineMachine } from './doctor/machine.ts';
import { examineMail } from './doctor/mail.ts';
import { examineExtensions, examineServers, judgeQueue } from './doctor/shop.ts';
import { explain } from './explain.ts';
import { print } from './print.ts';
import { queueHealth } from './queue-health.ts';
import { inApp } from './with-app.ts';
import { type CommandDatabase, withDatabase } from './with-database.ts';

export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description(
      'Look whether this machine, the database, keys, mail, panels, books and queue are well; exit code 1 when one is not',
    )
    .action(async (_options: object, command: Command) => {
      const findings = [...(await examineMachine(readConfig(process.env))), ...(await examineShop())];
      const failed = findings.some(({ state }) => state === 'fail');
      print(command, { json: { ok: !failed, findings }, text: findings.map(line).join('\n') });
      if (failed) process.exitCode = 1;
    });
}

/** From the database outwards; what cannot be reached ends the examination with why. */
async function examineShop(): Promise<Finding[]> {
  const findings: Finding[] = [];
  const examine = async (database: CommandDatabase) => {
    findings.push(...(await examineDatabase(database)));
    findings.push(...(await examineSecrets(database, database.config)));
    if (findings.some(({ state }) => state === 'fail')) return;
    await inApp(database, async (ctx) => {
      findings.push(...examineExtensions(ctx), await examineMail(ctx), ...(await examineServers(ctx)));
      findings.push(...(await examineBooks(ctx)));
      findings.push(...judgeQueue(await queueHealth(ctx, database.pool)));
    });
  };
  try {
    await withDatabase(examine);
  } catch (error) {
    const explanation = explain(error);
    if (explanation === undefined) throw error;
    findings.push(fail('Database', explanation.message, 'Correct that and run `hostwright doctor` again.'));
  }
  return findings;
}

const line = ({ state, subject, message, whatToDo }: Finding) =>
  `${state.padEnd(4)}  ${subject}: ${message}${whatToDo === null ? '' : `\n      -> ${whatToDo}`}`;
