/** Links that work once, or until they run out. Only the hash of a token is stored. */
import { createHash, randomBytes } from 'node:crypto';
import type { Context, TransactionContext } from '../kit/context.ts';
import { Invalid } from '../kit/errors.ts';

export type TokenPurpose = 'set_up' | 'confirm_email' | 'change_email' | 'reset_password' | 'sign_in' | 'invitation';

/**
 * @param token.detail what else it is about, for example a new address
 * @returns the token, 43 characters that are safe in an address; it cannot be read again
 */
export async function createToken(
  tx: TransactionContext,
  token: { purpose: TokenPurpose; subjectId: string | null; hours: number; detail?: string },
): Promise<string> {
  const text = randomBytes(32).toString('base64url');
  const now = tx.clock.now();
  await tx.db
    .insertInto('oneTimeToken')
    .values({
      tokenHash: hashOf(text),
      purpose: token.purpose,
      subjectId: token.subjectId,
      detail: token.detail ?? null,
      expiresAt: new Date(now.getTime() + token.hours * 3_600_000),
      createdAt: now,
    })
    .execute();
  return text;
}

/** What a token is about. */
export interface TokenSubject {
  subjectId: string;
  detail: string | null;
}

/**
 * Use a token up. Of two at the same time one succeeds.
 *
 * @throws Invalid `token_invalid` when it is unknown, used, or has run out: which of them is nobody's business
 */
export async function spendToken(
  tx: TransactionContext,
  purpose: TokenPurpose,
  text: string,
): Promise<{ subjectId: string | null; detail: string | null }> {
  const now = tx.clock.now();
  const spent = await tx.db
    .updateTable('oneTimeToken')
    .set({ usedAt: now })
    .where('tokenHash', '=', hashOf(text))
    .where('purpose', '=', purpose)
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', now)
    .returning(['subjectId', 'detail'])
    .executeTakeFirst();
  if (!spent) throw invalidToken();
  return spent;
}

/** As `spendToken`, for a token that was made for somebody or something. */
export async function spendTokenOf(tx: TransactionContext, purpose: TokenPurpose, text: string): Promise<TokenSubject> {
  const { subjectId, detail } = await spendToken(tx, purpose, text);
  if (subjectId === null) throw invalidToken();
  return { subjectId, detail };
}

/** What a token was made for, spent or not, while it has not run out; `undefined` otherwise. */
export async function findToken(
  ctx: Context,
  purpose: TokenPurpose,
  text: string,
): Promise<(TokenSubject & { spent: boolean }) | undefined> {
  const row = await ctx.db
    .selectFrom('oneTimeToken')
    .select(['subjectId', 'detail', 'usedAt'])
    .where('tokenHash', '=', hashOf(text))
    .where('purpose', '=', purpose)
    .where('expiresAt', '>', ctx.clock.now())
    .executeTakeFirst();
  if (!row || row.subjectId === null) return undefined;
  return { subjectId: row.subjectId, detail: row.detail, spent: row.usedAt !== null };
}

/** How many tokens were made for somebody since an instant. */
export async function countTokens(
  tx: TransactionContext,
  which: { purpose: TokenPurpose; subjectId: string; since: Date },
): Promise<number> {
  const { count } = await tx.db
    .selectFrom('oneTimeToken')
    .select((builder) => builder.fn.countAll<bigint>().as('count'))
    .where('purpose', '=', which.purpose)
    .where('subjectId', '=', which.subjectId)
    .where('createdAt', '>', which.since)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Whatever links of this purpose somebody still holds no longer work. */
export async function withdrawTokens(
  tx: TransactionContext,
  purpose: TokenPurpose,
  subjectId: string | null,
): Promise<void> {
  await tx.db
    .updateTable('oneTimeToken')
    .set({ usedAt: tx.clock.now() })
    .where('purpose', '=', purpose)
    .where('subjectId', subjectId === null ? 'is' : '=', subjectId)
    .where('usedAt', 'is', null)
    .execute();
}

export const invalidToken = () =>
  new Invalid('token_invalid', {
    issues: [{ path: 'token', message: 'was used before or has run out; ask for a new one' }],
  });

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
