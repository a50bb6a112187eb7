import { type Command, Option } from 'commander';
import { listOperations } from '../operations/read-operations.ts';
import { resolveOperation } from '../operations/resolve-operation.ts';
import { retryOperation } from '../operations/retry-operation.ts';
import {
  action,
  operationState,
  resolveOperation as resolveEndpoint,
  retryOperation as retryEndpoint,
} from '../operations/schemas.ts';
import { idOf, requireId } from './by-number.ts';
import { checked } from './checked.ts';
import { addWaiting, printOperation, type Waiting } from './follow-operation.ts';
import { addPaging, type Paging, pageLine } from './paging.ts';
import { print, table } from './print.ts';
import { withApp } from './with-app.ts';

const operationId = (typed: string) => requireId(typed, 'operation id');

export function addOperationCommands(program: Command): void {
  const operation = program
    .command('operation')
    .description('Acts on accounts: what ran, what waits, what needs a person');

  addPaging(operation.command('list').description('Operations, newest first'))
    .addOption(new Option('--state <state>').choices(operationState.options))
    .addOption(new Option('--action <action>').choices(action.options))
    .option('--service <id>', 'number or id of a service')
    .action(async ({ service, ...filter }: Paging & ListFilter, command: Command) => {
      const page = await withApp(async (ctx) =>
        listOperations(ctx, {
          ...filter,
          ...(service === undefined ? {} : { serviceId: await idOf(ctx, 'service', service) }),
        }),
      );
      const rows = page.items.map((found) => [
        found.id,
        found.action,
        found.state,
        found.serviceNumber,
        found.domain,
        `${found.attempts}/${found.maxAttempts}`,
        found.createdAt,
        found.errorCode,
      ]);
      const headings = ['id', 'action', 'state', 'service', 'domain', 'attempts', 'planned', 'problem'];
      print(command, { json: page, text: table(headings, rows, 'There are no operations.') + pageLine(page) });
    });

  operation
    .command('show')
    .description('An operation with its steps')
    .argument('<id>', 'of the operation')
    .action((id: string, _options: object, command: Command) =>
      withApp((ctx) => printOperation(ctx, command, { operationId: operationId(id) })),
    );

  addWaiting(
    operation
      .command('retry')
      .description('Try again now with a fresh count of attempts; steps that are done are kept')
      .argument('<id>', 'of the operation')
      .option('--username <name>', 'another name for an account that is not made yet')
      .option('--domain <domain>', 'another domain for it'),
  ).action((id: string, { wait, ...change }: Waiting & { username?: string; domain?: string }, command: Command) =>
    withApp(async (ctx) => {
      await retryOperation(ctx, { operationId: operationId(id), ...checked(retryEndpoint, change) });
      await printOperation(ctx, command, { operationId: id, wait });
    }),
  );

  addWaiting(
    operation
      .command('resolve')
      .description('Close one that needs a person')
      .argument('<id>', 'of the operation')
      .addOption(
        new Option(
          '--how <how>',
          'mark_done looks at the panel and takes over what stands there; give_up ends it, and what was never made is cancelled and credited',
        )
          .choices(['mark_done', 'give_up'])
          .makeOptionMandatory(),
      )
      .requiredOption('--note <note>', 'why, for the audit log'),
  ).action((id: string, { wait, ...how }: Waiting & { how: string; note: string }, command: Command) =>
    withApp(async (ctx) => {
      await resolveOperation(ctx, { operationId: operationId(id), ...checked(resolveEndpoint, how) });
      await printOperation(ctx, command, { operationId: id, wait });
    }),
  );
}

interface ListFilter {
  state?: (typeof operationState.options)[number];
  action?: (typeof action.options)[number];
  service?: string;
}
