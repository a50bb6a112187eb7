/** The pretend bank's memory: one file per charge, so that it survives a restart and is shared by all processes. */
import { createHash, randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises';
import path from 'node:path';
import { type ChargeResult, NeedsStaff } from '@hostwright/sdk';

export interface Books {
  /** Enter a charge unless its key is in the books already. @returns what is in the books for the key */
  enter(key: string, result: ChargeResult): Promise<ChargeResult>;
  find(key: string): Promise<ChargeResult | undefined>;
}

/** @throws NeedsStaff when the folder cannot be made: nothing was charged */
export async function openBooks(folder: string): Promise<Books> {
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((cause: Error) => {
    throw new NeedsStaff('This payment method does not work at the moment.', { detail: cause.message, cause });
  });
  const fileOf = (key: string) => path.join(folder, `${createHash('sha256').update(key).digest('hex')}.json`);
  const find = async (key: string) => {
    const page = await readFile(fileOf(key), 'utf8').catch(orMissing);
    return page === undefined ? undefined : parse(page);
  };
  return {
    find,
    async enter(key, result) {
      const draft = path.join(folder, `${randomUUID()}.draft`);
      await writeThrough(draft, print(result));
      try {
        // Of two who enter the same key at once, one makes the name and the other finds it made.
        await link(draft, fileOf(key));
        return result;
      } catch (error) {
        const before = await find(key);
        if (!before) throw error;
        return before;
      } finally {
        await unlink(draft);
      }
    },
  };
}

async function writeThrough(file: string, content: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function orMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined;
  throw error;
}

const print = (result: ChargeResult) =>
  JSON.stringify(result, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));

function parse(page: string): ChargeResult {
  const written = JSON.parse(page) as
    | { outcome: 'paid'; reference: string; feeMinor: string }
    | { outcome: 'declined'; message: string };
  return written.outcome === 'paid' ? { ...written, feeMinor: BigInt(written.feeMinor) } : written;
}
