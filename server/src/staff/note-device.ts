import { createHash, randomBytes } from 'node:crypto';
import type { Context } from '../kit/context.ts';
import type { Caller } from './caller.ts';
import { findLoginUser } from './queries.ts';
import { readShopSettings } from './settings.ts';
import { shopLink } from './shop-link.ts';

/**
 * Remember the browser somebody signs in with, and mail them when they never used it before. The first one of all is
 * not news.
 *
 * @returns what the browser keeps to be known again
 */
export async function noteDevice(ctx: Context, input: { userId: string; caller: Caller }): Promise<string> {
  const device = input.caller.device ?? randomBytes(32).toString('base64url');
  const deviceHash = createHash('sha256').update(device).digest('hex');
  const { userId } = input;
  await ctx.transaction(async (tx) => {
    const login = await findLoginUser(tx.db, userId);
    if (!login) return;
    const others = await tx.db
      .selectFrom('loginDevice')
      .select('deviceHash')
      .where('userId', '=', userId)
      .limit(1)
      .executeTakeFirst();
    const now = tx.clock.now();
    const added = await tx.db
      .insertInto('loginDevice')
      .values({ userId, deviceHash, createdAt: now, lastUsedAt: now })
      .onConflict((conflict) => conflict.doNothing())
      .returning('deviceHash')
      .executeTakeFirst();
    if (!added) {
      await tx.db
        .updateTable('loginDevice')
        .set({ lastUsedAt: now })
        .where('userId', '=', userId)
        .where('deviceHash', '=', deviceHash)
        .execute();
      return;
    }
    if (!others) return;
    const { timeZone } = await readShopSettings(tx.db);
    await tx.app.outbox.queue(tx, {
      template: 'new_device',
      to: login.email,
      data: {
        name: login.name,
        when: new Intl.DateTimeFormat('en', { dateStyle: 'long', timeStyle: 'long', timeZone }).format(now),
        address: input.caller.address,
        browser: input.caller.userAgent || 'unknown',
        url: shopLink(tx.app, '/account/security'),
      },
      idempotencyKey: `new_device:${userId}:${deviceHash}`,
      cause: { kind: 'login', id: userId },
    });
  });
  return device;
}
