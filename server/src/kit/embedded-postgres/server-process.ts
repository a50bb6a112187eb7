/** The server as an operating-system process of its own, which outlives us unless it is stopped. */
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Binaries } from './binaries.ts';
import { clusterFolder } from './cluster.ts';
import type { ServerUser } from './server-user.ts';
import { PORT } from './socket-folder.ts';

export interface ServerProcess {
  /** What it said when it ended by itself; undefined while it runs. */
  failure(): string | undefined;
}

const LOG_LIMIT_BYTES = 10_000_000;
const STOP_SECONDS = 30;

/** Start the server without waiting for it. It refuses by itself when the data folder has a server already. */
export function spawnServer(options: {
  dataFolder: string;
  socketFolder: string;
  binaries: Binaries;
  user: ServerUser;
}): ServerProcess {
  const { dataFolder, binaries, user } = options;
  const logFile = path.join(dataFolder, 'postgres.log');
  const before = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
  const log = openSync(logFile, before > LOG_LIMIT_BYTES ? 'w' : 'a', 0o600);
  const settings = {
    listen_addresses: '',
    unix_socket_directories: options.socketFolder,
    port: String(PORT),
    max_connections: '200', // room for several processes of the shop, with their queue and pool each
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
  };
  const child = spawn(
    binaries.postgres,
    ['-D', clusterFolder(dataFolder), ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])],
    {
      cwd: '/',
      env: { LC_ALL: 'C' }, // none of PGPORT, PGDATA and the like
      stdio: ['ignore', log, log],
      detached: true, // Ctrl-C in the terminal is for us; we stop the server when the last query is done
      ...(user.switches && { uid: user.uid, gid: user.gid }),
    },
  );
  closeSync(log);
  child.unref();
  let failure: string | undefined;
  child.on('error', (error) => {
    failure = error.message;
  });
  child.on('exit', (code, signal) => {
    failure = fatalLines(logFile, before) || `it ended with ${signal ?? `exit code ${code}`}`;
  });
  return { failure: () => failure };
}

/**
 * Ask the running server to roll back what is open, write everything down and end.
 * @returns false when it is still busy after half a minute; it goes on ending by itself
 */
export async function stopServer(dataFolder: string): Promise<boolean> {
  const pid = serverPid(dataFolder);
  if (pid === undefined) return true;
  signal(pid, 'SIGINT'); // PostgreSQL's fast shutdown
  for (let waited = 0; waited < STOP_SECONDS * 1000; waited += 20) {
    if (!signal(pid, 0)) return true;
    await delay(20);
  }
  return false;
}

/** Process id of the server on this folder, as it wrote it down; it may have died since. */
export function serverPid(dataFolder: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(path.join(clusterFolder(dataFolder), 'postmaster.pid'), 'utf8'), 10);
    return pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/**
 * After a container was killed, the process id written down may be another program's by now, and PostgreSQL would take
 * that for its predecessor for ever. Removes the file when that can be told for sure, else does nothing.
 */
export function removeStalePidFile(dataFolder: string): void {
  const pid = serverPid(dataFolder);
  if (pid === undefined || programOf(pid) === undefined || programOf(pid) === 'postgres') return;
  const file = path.join(clusterFolder(dataFolder), 'postmaster.pid');
  const aside = `${file}.stale-${process.pid}`;
  try {
    renameSync(file, aside);
    // Another process may have started a server between our look and the move: then the file is its again.
    if (Number.parseInt(readFileSync(aside, 'utf8'), 10) === pid) rmSync(aside);
    else renameSync(aside, file);
  } catch {
    // Whoever took it away was faster.
  }
}

/** Name of a running program, where the system tells it (Linux). */
function programOf(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return undefined;
  }
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

function fatalLines(logFile: string, from: number): string {
  try {
    const text = readFileSync(logFile).subarray(from).toString('utf8');
    return text
      .split('\n')
      .filter((line) => /FATAL|PANIC|error while loading/.test(line) && !line.includes('the database system is'))
      .slice(-3)
      .join(' ');
  } catch {
    return '';
  }
}
