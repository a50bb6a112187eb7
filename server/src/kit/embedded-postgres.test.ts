import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test, vi } from 'vitest';
import { openDb } from './db.ts';
import { clusterFolder } from './embedded-postgres/cluster.ts';
import { serverPid } from './embedded-postgres/server-process.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';

const APP = fileURLToPath(new URL('../../test/embedded-app.ts', import.meta.url));
const isRoot = process.getuid?.() === 0;
const onLinux = process.platform === 'linux';
const folders: string[] = [];
const attached: EmbeddedPostgres[] = [];
const apps: ChildProcess[] = [];

afterEach(async () => {
  for (const server of attached.splice(0)) await server.stop();
  for (const app of apps.splice(0)) app.kill('SIGKILL');
  for (const folder of folders.splice(0)) {
    const pid = serverPid(folder);
    if (pid !== undefined && isRunning(pid)) process.kill(pid, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
});

function newFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'hostwright-embedded-'));
  chmodSync(folder, 0o711); // as root, the server's user has to get through
  folders.push(folder);
  return folder;
}

async function start(dataFolder: string, options: { binFolder?: string } = {}): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataFolder, ...options, log: { info: () => {}, warn: () => {} } });
  attached.push(server);
  return server;
}

async function startApp(dataFolder: string): Promise<{ app: ChildProcess; started: boolean }> {
  const app = spawn(process.execPath, [APP, dataFolder], { stdio: ['ignore', 'pipe', 'inherit'] });
  apps.push(app);
  if (app.stdout === null) throw new Error('The app has no output.');
  const [line] = (await once(createInterface(app.stdout), 'line')) as [string];
  return { app, ...(JSON.parse(line) as { started: boolean }) };
}

async function end(app: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const ended = once(app, 'exit');
  app.kill(signal);
  await ended;
}

async function query(server: EmbeddedPostgres, text: string): Promise<unknown[]> {
  const { pool, close } = openDb(server.connection, { max: 1 });
  try {
    return (await pool.query(text)).rows;
  } finally {
    await close();
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function pidOf(folder: string): number {
  const pid = serverPid(folder);
  if (pid === undefined) throw new Error(`No server runs in ${folder}.`);
  return pid;
}

test('a first start makes a durable, UTF-8 database, and a clean stop ends the server and keeps the data', async () => {
  const folder = newFolder();
  const first = await start(folder);
  expect(first.started).toBe(true);
  await query(first, "create table kept as select 'ä' as text");
  expect(await query(first, 'show fsync')).toEqual([{ fsync: 'on' }]);
  expect(await query(first, 'show listen_addresses')).toEqual([{ listen_addresses: '' }]);
  const pid = pidOf(folder);
  await first.stop();
  await first.stop();
  expect(isRunning(pid)).toBe(false);

  const second = await start(folder);
  expect(second.started).toBe(true);
  expect(await query(second, 'select text, upper(text) from kept')).toEqual([{ text: 'ä', upper: 'Ä' }]);
});

test('a server that outlived a killed app is found again', async () => {
  const folder = newFolder();
  const { app, started } = await startApp(folder);
  expect(started).toBe(true);
  const pid = pidOf(folder);
  await end(app, 'SIGKILL');
  expect(isRunning(pid)).toBe(true);

  const server = await start(folder);
  expect(server.started).toBe(false);
  expect(pidOf(folder)).toBe(pid);
  await server.stop();
  expect(isRunning(pid)).toBe(false);
});

test('a killed server is started again under an app that is attached', async () => {
  const folder = newFolder();
  const server = await start(folder);
  await query(server, 'create table kept as select 1 as one');
  const pid = pidOf(folder);
  process.kill(pid, 'SIGKILL');
  await vi.waitFor(async () => expect(await query(server, 'select * from kept')).toEqual([{ one: 1 }]), 15_000);
  expect(pidOf(folder)).not.toBe(pid);
  const successor = pidOf(folder);
  await server.stop();
  expect(isRunning(successor)).toBe(false);
});

test('after app and server were both killed the next start recovers', async () => {
  const folder = newFolder();
  const { app } = await startApp(folder);
  await end(app, 'SIGKILL');
  process.kill(pidOf(folder), 'SIGKILL');
  const server = await start(folder);
  expect(server.started).toBe(true);
  expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('apps that start at the same time share one server, and the last to leave stops it', async () => {
  const folder = newFolder();
  const [one, two, three] = await Promise.all([startApp(folder), startApp(folder), startApp(folder)]);
  expect([one, two, three].filter(({ started }) => started)).toHaveLength(1);
  const pid = pidOf(folder);
  await end(one.app, 'SIGTERM');
  await end(two.app, 'SIGTERM');
  expect(isRunning(pid)).toBe(true);
  await end(three.app, 'SIGTERM');
  expect(isRunning(pid)).toBe(false);
});

test('apps that leave and come at the same time all get a server', async () => {
  const folder = newFolder();
  for (let round = 0; round < 10; round += 1) {
    const leaving = await start(folder);
    const [, coming] = await Promise.all([leaving.stop(), start(folder)]);
    expect(await query(coming, 'select 1 as one')).toEqual([{ one: 1 }]);
    await coming.stop();
  }
});

test('a process id file whose number is another program by now does not keep the server from starting', async () => {
  const folder = newFolder();
  const first = await start(folder);
  await first.stop();
  writeFileSync(path.join(clusterFolder(folder), 'postmaster.pid'), `${process.pid}\n${clusterFolder(folder)}\n`);
  expect((await start(folder)).started).toBe(true);
});

test('a data folder whose path is too long for a socket gets its socket elsewhere', async () => {
  const folder = path.join(newFolder(), 'a'.repeat(90));
  const server = await start(folder);
  const socketFolder = String(server.connection.host);
  expect(socketFolder).toMatch(/^\/tmp\/hostwright-[0-9a-f]{16}$/);
  expect(statSync(socketFolder).mode & 0o777).toBe(0o700);
  expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
  await server.stop();
  rmSync(socketFolder, { recursive: true });
});

test('data of another major version are refused with the way to move them', async () => {
  const folder = newFolder();
  await (await start(folder)).stop();
  writeFileSync(path.join(clusterFolder(folder), 'PG_VERSION'), '14\n');
  await expect(start(folder)).rejects.toThrow(/written by PostgreSQL 14.*hostwright backup.*DATABASE_URL/s);
});

test('a folder without programs is named, and so is the way out', async () => {
  const empty = newFolder();
  await expect(start(newFolder(), { binFolder: empty })).rejects.toThrow(`There is no ${empty}/postgres.`);
  await expect(start(newFolder(), { binFolder: empty })).rejects.toThrow('set DATABASE_URL');
});

test('what the server says is in the error when it does not start', async () => {
  const folder = newFolder();
  await (await start(folder)).stop();
  writeFileSync(path.join(clusterFolder(folder), 'postgresql.conf'), "shared_buffers = 'plenty'\n");
  await expect(start(folder)).rejects.toThrow(/does not start: .*FATAL.*DATABASE_URL/s);
});

test.runIf(isRoot && onLinux)('root runs the server as somebody else, and the data are closed to others', async () => {
  const folder = path.join(newFolder(), 'shop');
  const server = await start(folder);
  expect(statSync(`/proc/${pidOf(folder)}`).uid).not.toBe(0);
  expect(statSync(clusterFolder(folder)).mode & 0o777).toBe(0o700);
  expect(statSync(String(server.connection.host)).mode & 0o777).toBe(0o700);
  expect(readFileSync(path.join(folder, 'postgres.log'), 'utf8')).toContain('ready to accept connections');
});

test.runIf(isRoot)('a data folder that the server cannot reach is refused before anything is made', async () => {
  const closed = newFolder();
  chmodSync(closed, 0o700);
  const folder = path.join(closed, 'shop');
  mkdirSync(folder);
  await expect(start(folder)).rejects.toThrow(new RegExp(`may not enter ${closed},.*HOSTWRIGHT_DATA`));
  expect(existsSync(clusterFolder(folder))).toBe(false);
});

// Debian's own programs, where the machine has them.
const SYSTEM_PROGRAMS = '/usr/lib/postgresql/15/bin';
test.runIf(existsSync(SYSTEM_PROGRAMS))('programs of the operating system can be used instead', async () => {
  const server = await start(newFolder(), { binFolder: SYSTEM_PROGRAMS });
  expect(await query(server, "select current_setting('server_version_num')::int / 10000 as major")).toEqual([
    { major: 15 },
  ]);
});
