import { randomBytes } from 'node:crypto';
import { text as readAll } from 'node:stream/consumers';
import { type Command, Option } from 'commander';
import { NotFound } from '../kit/errors.ts';
import { addStaff } from '../staff/add-staff.ts';
import { createSetUpLink } from '../staff/create-set-up-link.ts';
import { findStaffByEmail } from '../staff/queries.ts';
import { resetStaffTwoFactor } from '../staff/remove-two-factor.ts';
import { addStaff as addStaffEndpoint, staffRole } from '../staff/schemas.ts';
import { shopLink } from '../staff/shop-link.ts';
import { checked } from './checked.ts';
import { facts, print } from './print.ts';
import { withApp } from './with-app.ts';

const GENERATED_BYTES = 15;

export function addStaffCommands(program: Command): void {
  const staff = program.command('staff').description('People who run the shop');

  staff
    .command('add')
    .description('Add a member of staff; the password is read from standard input, or made and printed once')
    .requiredOption('--email <address>', 'to sign in with')
    .requiredOption('--name <name>', 'as colleagues see it')
    .addOption(new Option('--role <role>', 'what they may do').choices(staffRole.options).makeOptionMandatory())
    .addHelpText(
      'after',
      '\nFor example: pass show hostwright/anna | hostwright staff add --email anna@example.com --name Anna --role admin',
    )
    .action(async (options: { email: string; name: string; role: string }, command: Command) => {
      const given = await pipedPassword();
      const password = given ?? randomBytes(GENERATED_BYTES).toString('base64url');
      const input = checked(addStaffEndpoint, { ...options, password });
      const added = await withApp((ctx) => addStaff(ctx, input));
      const answer = { userId: added.userId, email: added.email, name: added.name, role: added.role };
      const generated = given === undefined ? { password } : {};
      print(command, { json: { ...answer, ...generated }, text: facts({ ...answer, ...generated }) });
    });

  staff
    .command('reset-two-factor')
    .description('Take the second factor off a member of staff who lost it; they are told by mail')
    .argument('<email>', 'with which they sign in')
    .addHelpText(
      'after',
      '\nFor an owner whom no colleague can help. They sign in with the password alone, then set up another one.',
    )
    .action(async (email: string, _options: object, command: Command) => {
      const answer = await withApp(async (ctx) => {
        const member = await findStaffByEmail(ctx.db, email.trim().toLowerCase());
        if (!member)
          throw new NotFound('staff_not_found', {}, { message: `No member of staff signs in with ${email}.` });
        return { email: member.email, name: member.name, wasOn: await resetStaffTwoFactor(ctx, member) };
      });
      const done = answer.wasOn
        ? `${answer.name} signs in with the password alone now, and is told by mail.`
        : `${answer.name} has no second factor; nothing was changed.`;
      print(command, { json: answer, text: done });
    });

  staff
    .command('set-up-link')
    .description('A link with which the owner of an empty shop is made; works once, for a day')
    .action(async (_options: object, command: Command) => {
      const url = await withApp(async (ctx) => shopLink(ctx.app, '/set-up', { token: await createSetUpLink(ctx) }));
      print(command, { json: { url }, text: url });
    });
}

/** What a pipe or a file brings, without its last line end; undefined at a terminal or when there is nothing. */
async function pipedPassword(): Promise<string | undefined> {
  if (process.stdin.isTTY) return undefined;
  const piped = (await readAll(process.stdin)).replace(/\r?\n$/, '');
  return piped === '' ? undefined : piped;
}
