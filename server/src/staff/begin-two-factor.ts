import type { Context } from '../kit/context.ts';
import { Conflict } from '../kit/errors.ts';
import type { Caller } from './caller.ts';
import { personOf } from './person.ts';
import { provePassword } from './prove-password.ts';
import { findLoginUser } from './queries.ts';
import { lockTwoFactor, sealingContext } from './second-factor.ts';
import { readShopSettings } from './settings.ts';
import { createTotpSecret, totpUri } from './totp.ts';

/**
 * Make a secret for somebody's authenticator app. Signing in asks for codes only after one came back by
 * `confirmTwoFactor`; until then another call makes another secret.
 *
 * @throws Invalid `wrong_password`
 * @throws Conflict `two_factor_is_on`
 */
export async function beginTwoFactor(
  ctx: Context,
  input: { password: string; caller: Caller },
): Promise<{ uri: string; secret: string }> {
  const userId = personOf(ctx.actor);
  await provePassword(ctx, { ...input, userId });
  return ctx.transaction(async (tx) => {
    const before = await lockTwoFactor(tx.db, userId);
    if (before?.confirmedAt) throw new Conflict('two_factor_is_on');
    const secret = createTotpSecret();
    const row = { sealedSecret: tx.app.keyring.seal(secret, sealingContext(userId)), createdAt: tx.clock.now() };
    const made = await tx.db
      .insertInto('twoFactor')
      .values({ userId, ...row })
      .onConflict((conflict) => conflict.column('userId').doUpdateSet(row).where('twoFactor.confirmedAt', 'is', null))
      .returning('userId')
      .executeTakeFirst();
    if (!made) throw new Conflict('two_factor_is_on');
    const { shopName } = await readShopSettings(tx.db);
    const login = await findLoginUser(tx.db, userId);
    const uri = totpUri(secret, { issuer: shopName, account: login?.email ?? '' });
    return { uri, secret: new URL(uri).searchParams.get('secret') ?? '' };
  });
}
