/**
 * What the shop does in a second, beside what its job engine does on the same machine in the same run. Figures of one run
 * are comparable with each other, not with another machine's.
 *
 * `npm run bench -- --orders 200 --workers 4 --waiting 20000 --customers 100000`
 */
import { parseArgs } from 'node:util';
import { setup } from '../server/test/global-setup.ts';
import { measureEngine } from './engine.ts';
import { measureOrders } from './orders.ts';
import { measureSaturation } from './saturation.ts';
import { measureSearch } from './search.ts';

const { values } = parseArgs({
  options: {
    orders: { type: 'string', default: '200' },
    workers: { type: 'string', default: '4' },
    waiting: { type: 'string', default: '20000' },
    customers: { type: 'string', default: '100000' },
  },
});
const workers = Number(values.workers);
const tearDown = await setup();
try {
  const engine = await measureEngine(3_000);
  print('job engine alone', engine);
  const orders = await measureOrders({ orders: Number(values.orders), single: 30, workers, slots: 3 });
  print(`orders end to end, ${workers} worker processes, 2 servers`, orders);
  const saturation = await measureSaturation({ waiting: Number(values.waiting), orders: 20, workers });
  print('beside a saturated server', saturation);
  const customers = Number(values.customers);
  const { scans, ...found } = await measureSearch({ customers, services: customers * 2, invoices: customers * 5 });
  print(`finding things among ${customers} customers`, found);
  print('ratios', {
    'orders per second / empty jobs per second': orders.ordersPerSecond / engine.drainedPerSecond,
    'payment to first call / pick-up of an empty job (p50)': orders.firstCallMsP50 / engine.pickUpMsP50,
    'payment to first call, saturated / free (p50)': saturation.saturatedMsP50 / saturation.freeMsP50,
    'most calls at once / slots': orders.mostAtOnce / orders.slots,
  });
  if (orders.mostAtOnce > orders.slots) {
    console.log('A server saw more calls at once than it allows.');
    process.exitCode = 1;
  }
  if (scans.length > 0) {
    console.log(`Pages of these lists read a whole table:\n  ${scans.join('\n  ')}`);
    process.exitCode = 1;
  }
} finally {
  await tearDown?.();
}

function print(title: string, figures: object): void {
  console.log(title);
  for (const [name, value] of Object.entries(figures))
    console.log(`  ${name}: ${Math.round(Number(value) * 1000) / 1000}`);
}
