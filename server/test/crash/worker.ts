/** A worker process for the crash test to kill: the real worker on the shop's database, by the test's clock. */
import { pino } from 'pino';
import { openApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { startWorker } from '../../src/worker.ts';
import { runningClock } from './running-clock.ts';

const { CRASH_CLOCK_STARTED = '', CRASH_CLOCK_SPEED = '' } = process.env;
const config = readConfig(process.env, { demo: true });
const { app } = await openApp({
  config,
  log: pino({ level: config.logLevel }, pino.destination(2)),
  connection: { connectionString: config.databaseUrl },
  clock: runningClock(Number(CRASH_CLOCK_STARTED), Number(CRASH_CLOCK_SPEED)),
});
await startWorker(app);
console.log('working');
