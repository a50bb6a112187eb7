import type { Context } from '../kit/context.ts';
import { countAttempt } from '../staff/attempts.ts';
import { evenly } from '../staff/evenly.ts';
import type { Caller } from '../staff/login.ts';
import { countTokens, createToken } from '../staff/one-time-token.ts';
import { shopLink } from '../staff/shop-link.ts';
import { findLoginByEmail } from './queries.ts';
import { mailKey } from './send-confirmation.ts';

const LINK_HOURS = 1;
const MOST_PER_HOUR = 3;

/**
 * Mail a link with which somebody chooses a new password. Nothing tells whether there is such a login, not even time. A fourth mail
 * within an hour is not sent, so that nobody's mailbox is flooded: the links before it still work.
 *
 * @param input.email lower case
 * @throws TooManyRequests `too_many_attempts`
 */
export async function forgotPassword(ctx: Context, input: { email: string; caller: Caller }): Promise<void> {
  countAttempt(ctx.app, 'forgotPassword', { address: input.caller.address, login: input.email });
  await evenly(() => mailLink(ctx, input.email));
}

async function mailLink(ctx: Context, email: string): Promise<void> {
  await ctx.transaction(async (tx) => {
    const login = await findLoginByEmail(tx.db, email);
    if (!login) return;
    const since = new Date(tx.clock.now().getTime() - LINK_HOURS * 3_600_000);
    if ((await countTokens(tx, { purpose: 'reset_password', subjectId: login.id, since })) >= MOST_PER_HOUR) return;
    const token = await createToken(tx, { purpose: 'reset_password', subjectId: login.id, hours: LINK_HOURS });
    await tx.app.outbox.queue(tx, {
      template: 'reset_password',
      to: login.email,
      ...(login.customerId ? { customerId: login.customerId } : {}),
      data: { name: login.name, url: shopLink(tx.app, '/reset-password', { token }), hours: LINK_HOURS },
      idempotencyKey: mailKey('reset_password', token),
      cause: { kind: 'login', id: login.id },
    });
  });
}
