import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, lstatSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { findBinaries, reachableNative } from './binaries.ts';
import { serverUser } from './server-user.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function newFolder(mode: number): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'hostwright-binaries-'));
  chmodSync(folder, mode);
  folders.push(folder);
  return folder;
}

/** The package as npm unpacks it when install scripts are off: without symbolic links. */
function unpackedPackage(folder: string): string {
  const user = serverUser(folder);
  const installed = path.dirname(path.dirname(findBinaries({ dataFolder: folder, user }).initdb));
  const native = path.join(folder, 'native');
  cpSync(installed, native, { recursive: true, filter: (source) => !lstatSync(source).isSymbolicLink() });
  return native;
}

test('links that a switched-off install script left out are made in place', () => {
  const native = unpackedPackage(newFolder(0o755));
  const user = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  expect(reachableNative({ native, version: '1' }, newFolder(0o755), user)).toBe(native);
  expect(execFileSync(path.join(native, 'bin/initdb'), ['--version'], { encoding: 'utf8' })).toMatch(/PostgreSQL/);
});

test.runIf(process.getuid?.() === 0)(
  'programs in a folder closed to the server are copied beside the data, once',
  () => {
    const native = unpackedPackage(newFolder(0o700));
    const data = newFolder(0o711);
    const user = serverUser(data);
    const copy = reachableNative({ native, version: '18.4.0' }, data, user);
    expect(copy).toBe(path.join(data, 'postgres-bin-18.4.0'));
    const asUser = { encoding: 'utf8', cwd: '/', uid: user.uid, gid: user.gid } as const;
    expect(execFileSync(path.join(copy, 'bin/initdb'), ['--version'], asUser)).toMatch(/PostgreSQL/);
    const { ino } = lstatSync(copy);
    expect(reachableNative({ native, version: '18.4.0' }, data, user)).toBe(copy);
    expect(lstatSync(copy).ino).toBe(ino);
  },
);
