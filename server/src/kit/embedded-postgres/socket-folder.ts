/** Where the server's only door is: a unix socket in a folder that nobody else may enter. */
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, lstatSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { EmbeddedPostgresError } from './error.ts';
import type { ServerUser } from './server-user.ts';

/** Only names the socket; no TCP port is opened. */
export const PORT = 5432;

const SHORT_FOLDER = '/tmp'; // os.tmpdir() can be long itself, and must be the same for every process of the shop
const MAX_SOCKET_PATH_BYTES = process.platform === 'linux' ? 107 : 103;

/**
 * `run/` beside the data, or a folder under /tmp when that path is too long for a socket or has characters that
 * PostgreSQL's list of folders would need quoted. The same data folder always gives the same answer.
 *
 * @throws EmbeddedPostgresError when the folder is somebody else's
 */
export function socketFolder(dataFolder: string, user: ServerUser): string {
  const folder = fits(path.join(dataFolder, 'run'))
    ? path.join(dataFolder, 'run')
    : path.join(SHORT_FOLDER, `hostwright-${createHash('sha256').update(dataFolder).digest('hex').slice(0, 16)}`);
  try {
    mkdirSync(folder, { mode: 0o700 });
    if (user.switches) chownSync(folder, user.uid, user.gid);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const { uid, mode } = lstatSync(folder);
  const ours = uid === user.uid || (user.switches && uid === 0); // root's, when killed between mkdir and chown
  if (!lstatSync(folder).isDirectory() || !ours) {
    throw new EmbeddedPostgresError(
      `${folder}, where the database's socket belongs, is somebody else's. Remove it, or set HOSTWRIGHT_DATA to another folder.`,
    );
  }
  if (uid !== user.uid) chownSync(folder, user.uid, user.gid);
  if ((mode & 0o777) !== 0o700) chmodSync(folder, 0o700);
  return folder;
}

function fits(folder: string): boolean {
  const bytes = Buffer.byteLength(path.join(folder, `.s.PGSQL.${PORT}`));
  return bytes <= MAX_SOCKET_PATH_BYTES && /^[\w./-]+$/.test(folder);
}
