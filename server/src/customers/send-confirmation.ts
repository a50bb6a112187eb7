import { createHash } from 'node:crypto';
import type { Context, TransactionContext } from '../kit/context.ts';
import { Forbidden, TooManyRequests } from '../kit/errors.ts';
import { countTokens, createToken } from '../staff/one-time-token.ts';
import { shopLink } from '../staff/shop-link.ts';
import { findLogin, type LoginRow } from './queries.ts';

const LINK_HOURS = 24;
const MOST_PER_HOUR = 5;

/**
 * Mail the confirmation link again; earlier ones go on working. Nothing happens once the address is confirmed.
 *
 * @throws Forbidden `session_required` when nobody is signed in
 * @throws TooManyRequests `too_many_mails` after five in an hour
 */
export async function sendConfirmation(ctx: Context): Promise<void> {
  const { actor } = ctx;
  if (actor.kind !== 'customer' && actor.kind !== 'staff') throw new Forbidden('session_required');
  await ctx.transaction(async (tx) => {
    const login = await findLogin(tx.db, actor.userId);
    if (!login || login.emailVerified) return;
    const since = new Date(tx.clock.now().getTime() - 3_600_000);
    if ((await countTokens(tx, { purpose: 'confirm_email', subjectId: login.id, since })) >= MOST_PER_HOUR) {
      throw new TooManyRequests('too_many_mails', { retryAfterSeconds: 3_600 });
    }
    await mailConfirmation(tx, login);
  });
}

/** Make a link that confirms an address, and mail it there. */
export async function mailConfirmation(tx: TransactionContext, login: LoginRow): Promise<void> {
  const token = await createToken(tx, { purpose: 'confirm_email', subjectId: login.id, hours: LINK_HOURS });
  await tx.app.outbox.queue(tx, {
    template: 'confirm_email',
    to: login.email,
    ...(login.customerId ? { customerId: login.customerId } : {}),
    data: { name: login.name, url: shopLink(tx.app, '/confirm-email', { token }), hours: LINK_HOURS },
    idempotencyKey: mailKey('confirm_email', token),
    cause: { kind: 'login', id: login.id },
  });
}

/** One mail per link, named without giving the link away. */
export const mailKey = (template: string, token: string) =>
  `${template}:${createHash('sha256').update(token).digest('hex').slice(0, 32)}`;
