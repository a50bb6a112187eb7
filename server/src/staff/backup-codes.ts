/** Codes for the day the telephone is gone: ten, each good once, stored as slow hashes because they are short. */
import { randomInt } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import type { Context, TransactionContext } from '../kit/context.ts';
import { hashPassword, passwordFits } from './password.ts';

const HOW_MANY = 10;
const LENGTH = 10;
// No letter that looks like another, or like a digit.
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** New codes, not stored yet: hashing takes long and is done before the transaction. */
export async function makeBackupCodes(): Promise<{ codes: string[]; hashes: string[] }> {
  const bare = Array.from({ length: HOW_MANY }, () =>
    Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join(''),
  );
  const hashes = await Promise.all(bare.map(hashPassword));
  return { codes: bare.map((code) => `${code.slice(0, LENGTH / 2)}-${code.slice(LENGTH / 2)}`), hashes };
}

/** Put these in the place of whatever codes somebody had. */
export async function storeBackupCodes(tx: TransactionContext, userId: string, hashes: string[]): Promise<void> {
  await tx.db.deleteFrom('backupCode').where('userId', '=', userId).execute();
  await tx.db
    .insertInto('backupCode')
    .values(hashes.map((codeHash) => ({ id: uuidv7(), userId, codeHash })))
    .execute();
}

/** How many codes somebody has left. */
export async function countBackupCodes(ctx: Context, userId: string): Promise<number> {
  return (await unusedCodes(ctx, userId)).length;
}

/** Use a code up; false when it is none of theirs. The caller holds the row of `two_factor`. */
export async function spendBackupCode(tx: TransactionContext, userId: string, typed: string): Promise<boolean> {
  const code = typed.toLowerCase().replace(/[^a-z0-9]/g, '');
  if (code.length !== LENGTH) return false;
  const unused = await unusedCodes(tx, userId);
  const fits = await Promise.all(unused.map(({ codeHash }) => passwordFits(codeHash, code)));
  const found = unused[fits.indexOf(true)];
  if (!found) return false;
  await tx.db.updateTable('backupCode').set({ usedAt: tx.clock.now() }).where('id', '=', found.id).execute();
  return true;
}

const unusedCodes = (ctx: Context, userId: string) =>
  ctx.db
    .selectFrom('backupCode')
    .select(['id', 'codeHash'])
    .where('userId', '=', userId)
    .where('usedAt', 'is', null)
    .execute();
