/**
 * Secrets at rest: every value is encrypted under a key of its own (AES-256-GCM), and that key under a master key.
 * Changing the master key re-wraps the small keys only. What a value belongs to is authenticated with it, so that a
 * sealed value copied into another row does not open there.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

/** The master keys are missing, unreadable or not the ones the data was sealed with. The message says what to do. */
export class KeyringError extends Error {
  override name = 'KeyringError';
}

export interface Keyring {
  /** The master key new values are sealed with. */
  readonly currentKeyId: string;
  /** @param context what the value belongs to, for example `server:<id>`; the same text opens it again */
  seal(text: string, context: string): string;
  /** @throws KeyringError when the master key is missing, the value was changed, or it belongs to something else */
  open(sealed: string, context: string): string;
  /** The same value under the current master key; returned as it is when it is already. */
  rewrap(sealed: string, context: string): string;
  /** Put a new master key in front, in the key file; older ones stay so that old values still open. */
  addKey(): string;
}

interface MasterKey {
  id: string;
  key: Buffer;
}

const VERSION = 'v1';

/**
 * Open the master keys: from `given` (`id:base64` pairs joined by commas, the first one is current), else from `file`,
 * which is made with one new key, readable by its owner only, when it does not exist.
 *
 * @throws KeyringError on a malformed key or a key file others may read
 */
export function openKeyring(options: { given?: string | undefined; file: string }): Keyring {
  const fromFile = options.given === undefined;
  let readAt = 0;
  let kept: MasterKey[] = [];
  /** The keys as they are now: another process may have put a new one into the file. */
  const keys = (): MasterKey[] => {
    if (!fromFile && kept.length > 0) return kept;
    if (!fromFile) kept = parseKeys(options.given ?? '', 'HOSTWRIGHT_KEY');
    else if (readAt === 0 || statSync(options.file).mtimeMs !== readAt) {
      kept = readKeyFile(options.file);
      readAt = statSync(options.file).mtimeMs;
    }
    return kept;
  };
  keys();
  const find = (id: string): MasterKey => {
    const found = keys().find((key) => key.id === id);
    if (found) return found;
    throw new KeyringError(
      `A stored secret was encrypted with key "${id}", which is not among the keys here. Put that key back into ${fromFile ? options.file : 'HOSTWRIGHT_KEY'}.`,
    );
  };
  const current = (): MasterKey => keys()[0] as MasterKey; // parseKeys returns at least one
  const unwrap = (sealed: string, context: string) => {
    const [version, keyId, wrapped, body, ...rest] = sealed.split('.');
    if (version !== VERSION || !keyId || !wrapped || !body || rest.length > 0) {
      throw new KeyringError('A stored secret is not in a form this version knows.');
    }
    return { keyId, dataKey: decrypt(find(keyId).key, wrapped, context), body };
  };
  const wrap = (dataKey: Buffer, body: string, context: string) =>
    [VERSION, current().id, encrypt(current().key, dataKey, context), body].join('.');
  return {
    get currentKeyId() {
      return current().id;
    },
    seal(text, context) {
      const dataKey = randomBytes(32);
      return wrap(dataKey, encrypt(dataKey, Buffer.from(text, 'utf8'), context), context);
    },
    open(sealed, context) {
      const { dataKey, body } = unwrap(sealed, context);
      return decrypt(dataKey, body, context).toString('utf8');
    },
    rewrap(sealed, context) {
      const { keyId, dataKey, body } = unwrap(sealed, context);
      return keyId === current().id ? sealed : wrap(dataKey, body, context);
    },
    addKey() {
      if (!fromFile) {
        throw new KeyringError(
          'The keys come from HOSTWRIGHT_KEY: put a new `id:base64` pair in front there, restart, and rotate again.',
        );
      }
      writeKeyFile(options.file, [newKey(), ...keys()]);
      return current().id;
    },
  };
}

function encrypt(key: Buffer, plain: Buffer, context: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(context, 'utf8'));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
}

function decrypt(key: Buffer, sealed: string, context: string): Buffer {
  const bytes = Buffer.from(sealed, 'base64url');
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12)).setAAD(Buffer.from(context, 'utf8'));
    decipher.setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]);
  } catch (cause) {
    throw new KeyringError('A stored secret was changed, or belongs to another record.', { cause });
  }
}

function newKey(): MasterKey {
  return {
    id: `k${new Date().toISOString().slice(0, 10).replaceAll('-', '')}${randomBytes(2).toString('hex')}`,
    key: randomBytes(32),
  };
}

function parseKeys(text: string, source: string): MasterKey[] {
  const keys = text
    .split(/[,\n]/)
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [, id, encoded] = /^([a-zA-Z0-9_-]{1,40}):([A-Za-z0-9+/_=-]+)$/.exec(pair) ?? [];
      const key = Buffer.from(encoded ?? '', 'base64');
      if (id === undefined || key.length !== 32) {
        throw new KeyringError(
          `${source} must hold keys like \`main:<base64 of 32 random bytes>\`, joined by commas. Make one with \`openssl rand -base64 32\`.`,
        );
      }
      return { id, key };
    });
  if (keys.length === 0) throw new KeyringError(`${source} holds no key.`);
  return keys;
}

function readKeyFile(file: string): MasterKey[] {
  if (!existsSync(file)) {
    mkdirSync(path.dirname(file), { recursive: true });
    // A link never replaces a file: of two processes that start at once, the second one takes the first one's key.
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, formatKeys([newKey()]), { mode: 0o600 });
    try {
      linkSync(draft, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      rmSync(draft);
    }
  }
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) {
    throw new KeyringError(`${file} can be read by others. Run: chmod 600 ${file}`);
  }
  return parseKeys(readFileSync(file, 'utf8'), file);
}

function writeKeyFile(file: string, keys: MasterKey[]): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, formatKeys(keys), { mode: 0o600 });
  chmodSync(draft, 0o600);
  renameSync(draft, file);
}

const formatKeys = (keys: MasterKey[]) =>
  `${keys.map(({ id, key }) => `${id}:${key.toString('base64')}`).join('\n')}\n`;
