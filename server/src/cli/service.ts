import { type Command, Option } from 'commander';
import { findProducts } from '../catalogue/queries.ts';
import { changePackage } from '../hosting/change-package.ts';
import { changePassword } from '../hosting/change-password.ts';
import { createAccount } from '../hosting/create-account.ts';
import { listServices, readService } from '../hosting/read-services.ts';
import { renewService } from '../hosting/renew-service.ts';
import * as schemas from '../hosting/schemas.ts';
import { suspendService } from '../hosting/suspend-service.ts';
import { terminateService } from '../hosting/terminate-service.ts';
import { unsuspendService } from '../hosting/unsuspend-service.ts';
import type { Context } from '../kit/context.ts';
import { idOf } from './by-number.ts';
import { checked } from './checked.ts';
import { addWaiting, printOperation, type Waiting } from './follow-operation.ts';
import { collectAnswer, optionAnswers } from './option-answers.ts';
import { addPaging, type Paging, pageLine } from './paging.ts';
import { print, table } from './print.ts';
import { describeService } from './service-text.ts';
import { withApp } from './with-app.ts';

export function addServiceCommands(program: Command): void {
  const service = program.command('service').description('The hosting customers own; <id> is its number or its id');

  addPaging(service.command('list').description('Services'))
    .addOption(new Option('--state <state>').choices(schemas.serviceState.options))
    .action(async (filter: Paging & { state?: (typeof schemas.serviceState.options)[number] }, command: Command) => {
      const page = await withApp((ctx) => listServices(ctx, filter));
      const rows = page.items.map((found) => [
        found.number,
        found.domain,
        found.state,
        found.productName,
        found.serverName,
        found.username,
        found.customerName,
      ]);
      const headings = ['number', 'domain', 'state', 'product', 'server', 'username', 'customer'];
      print(command, { json: page, text: table(headings, rows, 'There are no services.') + pageLine(page) });
    });

  service
    .command('show')
    .description('A service with its last operations')
    .argument('<id>')
    .action(async (id: string, _options: object, command: Command) => {
      const found = await withApp(async (ctx) => readService(ctx, await idOf(ctx, 'service', id)));
      print(command, { json: found, text: describeService(found) });
    });

  act(service.command('create').description('Make the account of a pending service now, paid or not'), createAccount);
  act(
    service
      .command('suspend')
      .description('Take the site offline; files and mail are kept')
      .requiredOption('--reason <text>', 'shown to the customer')
      .addOption(
        new Option('--cause <cause>', 'paying brings back only what was overdue')
          .choices(['overdue', 'abuse', 'staff'])
          .default('staff'),
      ),
    (ctx, { serviceId, ...typed }) => suspendService(ctx, { serviceId, ...checked(schemas.suspendService, typed) }),
  );
  act(service.command('unsuspend').description('Bring a suspended service back'), unsuspendService);
  act(
    service
      .command('terminate')
      .description('Remove the account and everything in it')
      .requiredOption('--confirm-domain <domain>', "the service's domain, typed out"),
    (ctx, { serviceId, ...typed }) => terminateService(ctx, { serviceId, ...checked(schemas.terminateService, typed) }),
  );
  act(
    service
      .command('change-package')
      .description('Move to another product of the same module and server group')
      .requiredOption('--product <id>', 'id or slug of the product')
      .option('--option <code=value>', 'an option of the product; may be given again', collectAnswer, {}),
    async (ctx, { serviceId, product, option }) => {
      const wanted = await wantedPackage(ctx, String(product), option as Record<string, string>); // by collectAnswer
      return changePackage(ctx, { serviceId, ...checked(schemas.changePackage, wanted) });
    },
  );
  act(
    service
      .command('change-password')
      .description('Set a new password, made by the rules of the module; the customer sees it under login details'),
    changePassword,
  );
  act(
    service
      .command('renew')
      .description('Tell the panel that a period was paid')
      .requiredOption('--paid-until <day>', 'YYYY-MM-DD, the first day that is not paid'),
    (ctx, { serviceId, ...typed }) => renewService(ctx, { serviceId, ...checked(schemas.renewService, typed) }),
  );
}

type Typed = { serviceId: string } & Record<string, unknown>;

/** An act on one service: planned here, run by a worker. */
function act(command: Command, plan: (ctx: Context, typed: Typed) => Promise<{ id: string }>): void {
  addWaiting(command.argument('<id>')).action(
    (id: string, { wait, ...options }: Waiting & Record<string, unknown>, own: Command) =>
      withApp(async (ctx) => {
        const operation = await plan(ctx, { ...options, serviceId: await idOf(ctx, 'service', id) });
        await printOperation(ctx, own, { operationId: operation.id, wait });
      }),
  );
}

/** A product nobody has is left as it was typed, so that the answer is the same as for a wrong id. */
async function wantedPackage(ctx: Context, typed: string, options: Record<string, string>) {
  const found = await ctx.db
    .selectFrom('product')
    .select('id')
    .where((row) => row.or([row('slug', '=', typed), row(row.cast<string>('id', 'text'), '=', typed)]))
    .executeTakeFirst();
  const [product] = found ? await findProducts(ctx.db, [found.id]) : [];
  return { productId: product?.id ?? typed, options: product ? optionAnswers(product, options) : options };
}
