/** The server's own data folder: made once, whole or not at all. */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import type { Binaries } from './binaries.ts';
import { EmbeddedPostgresError } from './error.ts';
import type { ServerUser } from './server-user.ts';

/** The database's superuser; whoever reaches the socket folder may be it, and only the server's user and root can. */
export const SUPERUSER = 'postgres';
const ABANDONED_AFTER_MS = 3_600_000;

export const clusterFolder = (dataFolder: string) => path.join(dataFolder, 'postgres');

/**
 * Make the cluster when there is none. Processes may do so at the same time: each makes one under a name of its own
 * and the first to rename it wins, so a killed initdb leaves nothing that could be taken for a database.
 *
 * @throws EmbeddedPostgresError when the data belongs to another user or another major version, or initdb fails
 */
export function ensureCluster(dataFolder: string, binaries: Binaries, user: ServerUser): void {
  const cluster = clusterFolder(dataFolder);
  if (!existsSync(path.join(cluster, 'PG_VERSION'))) makeCluster(dataFolder, binaries, user);
  const { uid } = statSync(cluster);
  if (uid !== user.uid) {
    throw new EmbeddedPostgresError(
      `The data in ${cluster} belongs to the user id ${uid}, and this is "${user.name}" (${user.uid}). Start Hostwright as the user it was first started as.`,
    );
  }
  const major = Number.parseInt(readFileSync(path.join(cluster, 'PG_VERSION'), 'utf8'), 10);
  if (major !== binaries.major) {
    throw new EmbeddedPostgresError(
      `The data in ${cluster} was written by PostgreSQL ${major}, and ${binaries.postgres} is version ${binaries.major}. ` +
        `Point POSTGRES_BIN to the programs of version ${major} and run \`hostwright backup\`; then move the folder away, unset POSTGRES_BIN and run \`hostwright restore\`.`,
    );
  }
}

function makeCluster(dataFolder: string, binaries: Binaries, user: ServerUser): void {
  if (!user.known) {
    throw new EmbeddedPostgresError(
      `PostgreSQL's initdb refuses to work for ${user.name}, which has no entry in /etc/passwd. Start Hostwright once as a user that has one.`,
    );
  }
  dropAbandoned(dataFolder);
  const making = path.join(dataFolder, `postgres.init-${randomBytes(6).toString('hex')}`);
  mkdirSync(making, { mode: 0o700 });
  try {
    if (user.switches) chownSync(making, user.uid, user.gid);
    const { status, stderr, error } = spawnSync(
      binaries.initdb,
      [
        ...['-D', making, '-U', SUPERUSER, '-A', 'trust', '-E', 'UTF8', '--no-instructions'],
        ...localeArguments(binaries.major),
      ],
      { encoding: 'utf8', cwd: '/', env: { LC_ALL: 'C' }, ...(user.switches && { uid: user.uid, gid: user.gid }) },
    );
    if (status !== 0) {
      throw new EmbeddedPostgresError(
        `The database in ${dataFolder} cannot be made: ${(stderr || error?.message || 'initdb was killed').trim()}.`,
      );
    }
    renameSync(making, clusterFolder(dataFolder));
    syncFolder(dataFolder); // or a power cut could forget the name of a database that already took payments
  } catch (error) {
    // Another process was faster, and its cluster is as good.
    if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
}

/** Sorts by code point everywhere, so that a backup sorts the same wherever it is restored. */
function localeArguments(major: number): string[] {
  return major >= 17 ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : ['--locale=C'];
}

function dropAbandoned(dataFolder: string): void {
  for (const name of readdirSync(dataFolder)) {
    const folder = path.join(dataFolder, name);
    if (!name.startsWith('postgres.init-')) continue;
    const madeAt = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - madeAt > ABANDONED_AFTER_MS) rmSync(folder, { recursive: true, force: true });
  }
}

function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}
