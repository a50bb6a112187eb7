import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { TEST_GATEWAYS, type World } from './world.ts';

export interface WorkerProcess {
  /** SIGKILL: no handler runs, nothing is tidied up. */
  kill(): Promise<void>;
}

/**
 * Resolves once it takes jobs.
 * @param clock.startedAt and `speed` as of `runningClock`, which is then moved by `shiftMs`
 * @throws Error with its error output when it ends before
 */
export async function startWorkerProcess(
  world: World,
  clock: { startedAt: number; speed: number; shiftMs?: number },
): Promise<WorkerProcess> {
  const { config } = world.app;
  const child = spawn(process.execPath, [new URL('worker.ts', import.meta.url).pathname], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      DATABASE_URL: world.database.url,
      HOSTWRIGHT_KEY: config.key,
      GATEWAYS_DIR: TEST_GATEWAYS,
      SMTP_URL: config.smtpUrl,
      PUBLIC_URL: config.publicUrl,
      DATABASE_CONNECTIONS: '6',
      LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'fatal',
      TEST_CLOCK_STARTED: String(clock.startedAt),
      TEST_CLOCK_SPEED: String(clock.speed),
      TEST_CLOCK_SHIFT_MS: String(clock.shiftMs ?? 0),
    },
  });
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
    if (process.env.TEST_LOG_LEVEL) process.stderr.write(chunk);
  });
  const ended = once(child, 'close');
  await Promise.race([
    once(child.stdout, 'data'),
    ended.then(() => Promise.reject(new Error(`A worker ended by itself: ${errors}`))),
  ]);
  child.stdout.resume();
  return {
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
