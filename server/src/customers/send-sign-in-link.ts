import type { Context } from '../kit/context.ts';
import { countAttempt } from '../staff/attempts.ts';
import type { Caller } from '../staff/caller.ts';
import { evenly } from '../staff/evenly.ts';
import { countTokens, createToken } from '../staff/one-time-token.ts';
import { shopLink } from '../staff/shop-link.ts';
import { findLoginByEmail } from './queries.ts';
import { mailKey } from './send-confirmation.ts';

const MINUTES = 10;
const MOST_PER_HOUR = 3;

/**
 * Mail a customer a link that signs in without a password. Nothing tells whether there is such a login; staff get
 * none, as their mailbox should not open the shop. A fourth mail within an hour is not sent.
 *
 * @param input.email lower case
 * @throws TooManyRequests `too_many_attempts`
 */
export async function sendSignInLink(ctx: Context, input: { email: string; caller: Caller }): Promise<void> {
  countAttempt(ctx.app, 'signInLink', { address: input.caller.address, login: input.email });
  await evenly(() => mailLink(ctx, input.email));
}

async function mailLink(ctx: Context, email: string): Promise<void> {
  await ctx.transaction(async (tx) => {
    const login = await findLoginByEmail(tx.db, email);
    if (!login?.customerId) return;
    const since = new Date(tx.clock.now().getTime() - 3_600_000);
    if ((await countTokens(tx, { purpose: 'sign_in', subjectId: login.id, since })) >= MOST_PER_HOUR) return;
    const token = await createToken(tx, { purpose: 'sign_in', subjectId: login.id, hours: MINUTES / 60 });
    await tx.app.outbox.queue(tx, {
      template: 'sign_in_link',
      to: login.email,
      customerId: login.customerId,
      data: { name: login.name, url: shopLink(tx.app, '/sign-in-link', { token }), minutes: MINUTES },
      idempotencyKey: mailKey('sign_in_link', token),
      cause: { kind: 'login', id: login.id },
    });
  });
}
