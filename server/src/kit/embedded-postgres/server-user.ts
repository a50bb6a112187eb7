/** Which operating-system user the embedded server runs as. PostgreSQL refuses to run as root. */
import { readFileSync, statSync } from 'node:fs';
import os from 'node:os';
import { EmbeddedPostgresError } from './error.ts';

export interface ServerUser {
  name: string;
  uid: number;
  gid: number;
  /** We are root and the child has to become this user. */
  switches: boolean;
  /** initdb looks its user up and refuses to work for an unknown one; the server itself does not mind. */
  known: boolean;
}

/**
 * Ourselves, or for root: the owner of the data that is there already, else `postgres`, else `nobody`.
 * The host's user list is never changed.
 *
 * @param clusterFolder the server's own data folder; it need not exist yet
 * @throws EmbeddedPostgresError on a platform without user ids, or when root finds nobody to become
 */
export function serverUser(clusterFolder: string): ServerUser {
  const uid = process.getuid?.();
  const gid = process.getgid?.();
  if (uid === undefined || gid === undefined) {
    throw new EmbeddedPostgresError(`The embedded PostgreSQL does not run on ${process.platform}.`);
  }
  if (uid !== 0) return { ...ourselves(uid), uid, gid, switches: false };

  const users = passwdEntries();
  const owner = ownerOf(clusterFolder);
  if (owner && owner.uid !== 0) {
    const known = users.find((user) => user.uid === owner.uid);
    return { name: known?.name ?? `uid ${owner.uid}`, ...owner, switches: true, known: known !== undefined };
  }
  for (const name of ['postgres', '_postgres', 'nobody']) {
    const user = users.find((candidate) => candidate.name === name && candidate.uid > 0);
    if (user) return { ...user, switches: true, known: true };
  }
  throw new EmbeddedPostgresError(
    'PostgreSQL does not run as root, and this machine has neither a user "postgres" nor "nobody" to run it as.',
  );
}

function ourselves(uid: number): { name: string; known: boolean } {
  try {
    return { name: os.userInfo().username, known: true };
  } catch {
    return { name: `uid ${uid}`, known: false }; // a container started with a bare number
  }
}

function ownerOf(folder: string): { uid: number; gid: number } | undefined {
  const stats = statSync(folder, { throwIfNoEntry: false });
  return stats && { uid: stats.uid, gid: stats.gid };
}

function passwdEntries(): { name: string; uid: number; gid: number }[] {
  let text = '';
  try {
    text = readFileSync('/etc/passwd', 'utf8');
  } catch {
    return [];
  }
  return text.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    return name && uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : [];
  });
}
