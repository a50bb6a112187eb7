import type { Context } from '../kit/context.ts';
import { Conflict, Invalid } from '../kit/errors.ts';
import { createLogin } from './create-login.ts';
import { insertStaff } from './insert-staff.ts';
import { checkNewPassword } from './new-password.ts';
import { spendToken, withdrawTokens } from './one-time-token.ts';
import { hashPassword } from './password.ts';
import { isSetUpNeeded, lockStaff, type StaffRow } from './queries.ts';
import { readShopSettings, storeShopSettings } from './settings.ts';
import { currencyIssues } from './write-settings.ts';

/**
 * Make the owner of an empty shop and name the shop. Of any number at the same time exactly one succeeds.
 *
 * @param input.token from `createSetUpLink`
 * @param input.email lower case
 * @throws Conflict `already_set_up` once there is an owner
 * @throws Invalid `token_invalid`, `unknown_currency`, `password_guessable`
 */
export async function setUpOwner(
  ctx: Context,
  input: { token: string; name: string; email: string; password: string; shopName: string; currency: string },
): Promise<StaffRow> {
  if (currencyIssues([input.currency]).length > 0) {
    throw new Invalid('unknown_currency', { issues: [{ path: 'currency', message: 'is not an ISO 4217 currency' }] });
  }
  // Hashing is work for whoever asks: nobody without a link may ask for it once the shop is set up.
  if (!(await isSetUpNeeded(ctx.db))) throw new Conflict('already_set_up');
  await checkNewPassword(ctx, { password: input.password, about: [input.name, input.email, input.shopName] });
  const passwordHash = await hashPassword(input.password);
  return ctx.transaction(async (tx) => {
    await lockStaff(tx.db);
    if (!(await isSetUpNeeded(tx.db))) throw new Conflict('already_set_up');
    await spendToken(tx, 'set_up', input.token);
    await withdrawTokens(tx, 'set_up', null);
    const userId = await createLogin(tx, { name: input.name, email: input.email, passwordHash, emailVerified: true });
    const settings = await readShopSettings(tx.db);
    await storeShopSettings(
      tx.db,
      { ...settings, shopName: input.shopName, currencies: [input.currency] },
      tx.clock.now(),
    );
    return insertStaff(tx, { userId, role: 'owner' });
  });
}
