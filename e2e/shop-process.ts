/** A shop as a process of its own, started with the command from the README. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const ENTRY = path.join(import.meta.dirname, '../server/bin/hostwright.js');
const CLOCK = path.join(import.meta.dirname, 'travelling-clock.ts');
const DAY_MS = 86_400_000;
const START_TIMEOUT_MS = 240_000;
const STOP_TIMEOUT_MS = 30_000;

/** What the terminal of this run may have set for another shop. */
const FOREIGN = ['DATABASE_URL', 'PUBLIC_URL', 'HOST', 'SMTP_URL', 'HOSTWRIGHT_KEY', 'TRUST_PROXY', 'MODULES_DIR'];

export interface ShopProcess {
  /** Without a slash at its end. */
  url: string;
  /**
   * Have its clock stand so many days before or after the machine's; it goes on from there. Only for a shop started
   * with `travels`.
   */
  travelTo(days: number): Promise<void>;
  /** Everything it has printed so far. */
  printed(): string;
  /** Stops it as Ctrl+C does and removes its data. */
  stop(): Promise<void>;
}

/**
 * Start a shop on a free port, with its data in a new temporary folder.
 * @param flags after `start`, `--no-demo` for example
 * @param environment what its owner sets beside, `SMTP_URL` for example
 * @param options.travels whether its clock can be moved
 * @throws Error with what was printed when it ends, or does not answer within four minutes
 */
export async function startShopProcess(
  flags: string[] = [],
  environment: Record<string, string> = {},
  { travels = false } = {},
): Promise<ShopProcess> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'hostwright-browser-'));
  await chmod(folder, 0o755); // as root, PostgreSQL runs as somebody else and must reach its folder
  const child = spawn(process.execPath, [...(travels ? ['--import', CLOCK] : []), ENTRY, 'start', ...flags], {
    env: {
      ...process.env,
      ...Object.fromEntries(FOREIGN.map((name) => [name, undefined])),
      HOSTWRIGHT_DATA: path.join(folder, 'data'),
      PORT: '0',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe', ...(travels ? (['ipc'] as const) : [])],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text) => {
      printed += text;
    });
  const stop = async () => {
    const patience = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    child.kill('SIGTERM');
    await ended;
    clearTimeout(patience);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  const url = await Promise.race([
    answeringUrl(() => printed),
    ended.then(() => undefined),
    sleep(START_TIMEOUT_MS, undefined, { ref: false }),
  ]);
  if (url !== undefined) return { url, travelTo: (days) => travel(child, days), printed: () => printed, stop };
  await stop();
  throw new Error(`The shop did not start. It printed:\n${printed}`);
}

async function travel(child: ChildProcess, days: number): Promise<void> {
  const arrived = once(child, 'message');
  child.send({ distanceMs: days * DAY_MS });
  await arrived;
}

/** The address from the terminal, once it answers. */
async function answeringUrl(printed: () => string): Promise<string> {
  for (;;) {
    const url = /^Hostwright is ready: (\S+)$/m.exec(printed())?.[1];
    const answer = url === undefined ? undefined : await fetch(`${url}/healthz`).catch(() => undefined);
    if (url !== undefined && answer?.ok) return url;
    await sleep(100, undefined, { ref: false });
  }
}
