/** Where the data lives, and whether the server's user can get there. */
import { createHash } from 'node:crypto';
import { accessSync, chmodSync, constants, mkdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { EmbeddedPostgresError } from './error.ts';
import type { ServerUser } from './server-user.ts';

const PROJECT_FOLDER = fileURLToPath(new URL('../../../../', import.meta.url));
const SYSTEM_FOLDER = '/var/lib/hostwright';

/**
 * `data/` beside the project. For root, or when the project may not be written, a folder of this project's own under
 * /var/lib/hostwright: the user the server runs as seldom may enter root's folders, and two checkouts on one machine
 * are two shops.
 */
export function defaultDataFolder(): string {
  if (process.getuid?.() !== 0 && mayWrite(PROJECT_FOLDER)) return path.join(PROJECT_FOLDER, 'data');
  const project = realpathSync(PROJECT_FOLDER);
  const mark = createHash('sha256').update(project).digest('hex').slice(0, 8);
  return path.join(SYSTEM_FOLDER, `${path.basename(project) || 'hostwright'}-${mark}`);
}

/**
 * Make the folder when it is missing.
 *
 * @returns its absolute path, without symbolic links
 * @throws EmbeddedPostgresError naming the folder that cannot be made or entered
 */
export function prepareDataFolder(folder: string, user: ServerUser): string {
  try {
    const outermost = mkdirSync(folder, { recursive: true });
    // Others may pass through to what is theirs, as the server's user must, but not look around.
    for (const made of outermost === undefined ? [] : foldersBetween(outermost, path.resolve(folder))) {
      chmodSync(made, user.switches ? 0o711 : 0o700);
    }
  } catch (cause) {
    throw new EmbeddedPostgresError(
      `The data folder ${folder} cannot be made: ${message(cause)}. Set HOSTWRIGHT_DATA to a folder that can be written.`,
      { cause },
    );
  }
  const real = realpathSync(folder);
  const closed = firstClosedFolder(real, user);
  if (closed) {
    throw new EmbeddedPostgresError(
      `PostgreSQL runs as the user "${user.name}", who may not enter ${closed}, so the data cannot be in ${real}. ` +
        `Set HOSTWRIGHT_DATA to a folder that user can reach, for example ${SYSTEM_FOLDER}.`,
    );
  }
  return real;
}

/** The outermost folder on the way to `target` (itself included) that the user may not enter; nothing when all are open. */
export function firstClosedFolder(target: string, user: { uid: number; gid: number }): string | undefined {
  return foldersBetween(path.parse(target).root, target).find((folder) => !mayEnter(folder, user));
}

/** From the outer to the inner folder, both included. */
function foldersBetween(outer: string, inner: string): string[] {
  return inner === outer ? [outer] : [...foldersBetween(outer, path.dirname(inner)), inner];
}

function mayEnter(folder: string, user: { uid: number; gid: number }): boolean {
  const { mode, uid, gid } = statSync(folder);
  if (uid === user.uid) return (mode & 0o100) !== 0;
  if (gid === user.gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
}

function mayWrite(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

const message = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause));
