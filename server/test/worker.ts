/** A real worker in a process of its own, on a test's database and by its clock: to be killed, or to measure with. */
import { pino } from 'pino';
import { openApp } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import { startWorker } from '../src/worker.ts';
import { runningClock } from './running-clock.ts';

const { TEST_CLOCK_STARTED = '', TEST_CLOCK_SPEED = '', TEST_CLOCK_SHIFT_MS = '' } = process.env;
const clock = runningClock(Number(TEST_CLOCK_STARTED), Number(TEST_CLOCK_SPEED));
clock.advance({ milliseconds: Number(TEST_CLOCK_SHIFT_MS) });
const config = readConfig(process.env);
const { app } = await openApp({
  config,
  log: pino({ level: config.logLevel }, pino.destination(2)),
  connection: { connectionString: config.databaseUrl },
  clock,
});
await startWorker(app);
console.log('working');
