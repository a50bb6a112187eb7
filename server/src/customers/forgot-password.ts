import type { Context, TransactionContext } from '../kit/context.ts';
import { countAttempt } from '../staff/attempts.ts';
import type { Caller } from '../staff/caller.ts';
import { evenly } from '../staff/evenly.ts';
import { invitationsOf } from '../staff/invitation.ts';
import { countTokens, createToken, type TokenPurpose } from '../staff/one-time-token.ts';
import { shopLink } from '../staff/shop-link.ts';
import { inviteUser } from './invite-user.ts';
import { findLoginByEmail, lockAddress } from './queries.ts';
import { mailKey } from './send-confirmation.ts';

const LINK_HOURS = 1;
const MOST_PER_HOUR = 3;

/**
 * Mail a link with which somebody chooses a new password; whom staff added and who has none yet is mailed the
 * invitation again. Nothing tells whether there is such a login, not even time. A fourth mail within an hour is not
 * sent, so that nobody's mailbox is flooded: the last link still works.
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
    if (!login) return inviteAgain(tx, email);
    if (await hadEnough(tx, 'reset_password', login.id)) return;
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

/** Somebody whom staff added and who never chose a password is asked once more to come. */
async function inviteAgain(tx: TransactionContext, email: string): Promise<void> {
  const awaited = (await lockAddress(tx.db, email)).find(({ hasUsers }) => !hasUsers);
  if (!awaited) return;
  const sent = (await invitationsOf(tx.db, awaited.id)).find((invitation) => invitation.email === email);
  if (sent && (await hadEnough(tx, 'invitation', sent.id))) return;
  await inviteUser(tx, { customerId: awaited.id, email, role: 'owner' });
}

async function hadEnough(tx: TransactionContext, purpose: TokenPurpose, subjectId: string): Promise<boolean> {
  const since = new Date(tx.clock.now().getTime() - LINK_HOURS * 3_600_000);
  return (await countTokens(tx, { purpose, subjectId, since })) >= MOST_PER_HOUR;
}
