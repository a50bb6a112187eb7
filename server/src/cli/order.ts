import type { Command } from 'commander';
import { formatMoney } from '../kit/money.ts';
import { readOrder } from '../orders/read-order.ts';
import { idOf } from './by-number.ts';
import { facts, print, table } from './print.ts';
import { withApp } from './with-app.ts';

export function addOrderCommands(program: Command): void {
  program
    .command('order')
    .description('Orders and everything that came of them')
    .command('show')
    .description('An order: its services, their steps, and its whole trace')
    .argument('<id>', 'number or id of the order')
    .action(async (id: string, _options: object, command: Command) => {
      const order = await withApp(async (ctx) => readOrder(ctx, await idOf(ctx, 'order', id)));
      print(command, { json: order, text: describe(order) });
    });
}

function describe(order: Awaited<ReturnType<typeof readOrder>>): string {
  const { services } = order.progress;
  const steps = services.flatMap((service) =>
    service.steps.map(({ state, name, seconds, note }) => [service.domain, state, name, seconds, note]),
  );
  return [
    facts({
      Order: order.number,
      Id: order.id,
      State: order.state,
      Customer: order.customerName,
      Placed: order.placedAt,
      Total: formatMoney(order.totalMinor, order.currency, 'en'),
      Invoice: `${order.invoiceNumber} (${order.invoiceState})`,
      'Correlation id': order.correlationId,
    }),
    table(
      ['service', 'domain', 'product', 'state', 'operation', 'seconds'],
      services.map((service) => [
        service.serviceId,
        service.domain,
        service.productName,
        service.state,
        service.operationState,
        service.seconds,
      ]),
      'It holds no services.',
    ),
    table(['domain', 'state', 'step', 'seconds', 'note'], steps, 'No step has begun.'),
    table(
      ['at', 'what', 'state', 'text'],
      order.trace.map(({ at, kind, state, text }) => [at, kind, state, text]),
      'Nothing happened yet.',
    ),
  ].join('\n\n');
}
