/** The second factor of a login: a code of an authenticator app, or a backup code. */
import type { Context, TransactionContext } from '../kit/context.ts';
import type { Tx } from '../kit/db.ts';
import { TooManyRequests } from '../kit/errors.ts';
import { audit } from '../kit/events.ts';
import type { Keyring } from '../kit/secrets.ts';
import { spendBackupCode } from './backup-codes.ts';
import { stepOfCode } from './totp.ts';

/**
 * Only who knows the password gets as far as a code, so counting wrong ones by login locks nobody out from outside;
 * and six digits are too few to let a thousand addresses guess at once. A new password by mail unlocks at once.
 */
const MOST_WRONG = 10;
const LOCKED_MS = 15 * 60_000;

/** What a secret is sealed for. */
export const sealingContext = (userId: string) => `two_factor:${userId}`;

export const openSecret = (keyring: Keyring, row: { userId: string; sealedSecret: string }): string =>
  keyring.open(row.sealedSecret, sealingContext(row.userId));

/** The row, held until the transaction ends. */
export const lockTwoFactor = (tx: Tx, userId: string) =>
  tx.selectFrom('twoFactor').selectAll().where('userId', '=', userId).forUpdate().executeTakeFirst();

type TwoFactorRow = NonNullable<Awaited<ReturnType<typeof lockTwoFactor>>>;

/**
 * Who has no second factor passes; who has one passes with a code of it. A code is good once, also for two at the same
 * time. Call it outside a transaction: a wrong code is counted although what it was for fails.
 *
 * @param input.code six digits of the app, or a backup code; spaces and dashes do not count
 * @throws TooManyRequests `too_many_codes` after ten wrong ones in a quarter of an hour
 */
export async function checkSecondFactor(
  ctx: Context,
  input: { userId: string; code: string | undefined },
): Promise<'passed' | 'code_required' | 'wrong_code'> {
  return ctx.transaction(async (tx) => {
    const row = await lockTwoFactor(tx.db, input.userId);
    if (!row?.confirmedAt) return 'passed';
    if (!input.code) return 'code_required';
    const now = tx.clock.now().getTime();
    const failing = row.failedSince && now - row.failedSince.getTime() < LOCKED_MS ? row.failedSince : undefined;
    if (failing && row.failedCount >= MOST_WRONG) {
      throw new TooManyRequests('too_many_codes', { retryAfterSeconds: (failing.getTime() + LOCKED_MS - now) / 1000 });
    }
    if (await spendCode(tx, row, input.code)) return 'passed';
    await tx.db
      .updateTable('twoFactor')
      .set({ failedCount: failing ? row.failedCount + 1 : 1, failedSince: failing ?? tx.clock.now() })
      .where('userId', '=', row.userId)
      .execute();
    return 'wrong_code';
  });
}

async function spendCode(tx: TransactionContext, row: TwoFactorRow, typed: string): Promise<boolean> {
  const step = await stepOf(tx, row, typed);
  if (step === undefined && !(await spendBackupCode(tx, row.userId, typed))) return false;
  await tx.db
    .updateTable('twoFactor')
    .set({ failedCount: 0, failedSince: null, ...(step === undefined ? {} : { lastStep: step }) })
    .where('userId', '=', row.userId)
    .execute();
  if (step === undefined) await audit(tx, 'login.backup_code_used', { kind: 'login', id: row.userId });
  return true;
}

/** The step of a code of the app that was not used yet. */
export function stepOf(
  tx: TransactionContext,
  row: { userId: string; sealedSecret: string; lastStep: bigint },
  typed: string,
): Promise<bigint | undefined> {
  const code = typed.replace(/\s/g, '');
  if (!/^\d{6}$/.test(code)) return Promise.resolve(undefined);
  return stepOfCode(openSecret(tx.app.keyring, row), code, { now: tx.clock.now(), after: row.lastStep });
}
