import type { Context, TransactionContext } from '../kit/context.ts';
import { Conflict } from '../kit/errors.ts';
import { audit, record } from '../kit/events.ts';
import { isTaken } from '../kit/unique.ts';
import type { Caller } from '../staff/caller.ts';
import { evenly } from '../staff/evenly.ts';
import { createToken, withdrawTokens } from '../staff/one-time-token.ts';
import { personOf } from '../staff/person.ts';
import { provePassword } from '../staff/prove-password.ts';
import { shopLink } from '../staff/shop-link.ts';
import { tellSignInChanged } from '../staff/tell-sign-in-changed.ts';
import { findLogin, findLoginByEmail, type LoginRow } from './queries.ts';
import { mailKey } from './send-confirmation.ts';

const LINK_HOURS = 24;

/**
 * Ask for another address to sign in with, also when the one so far was never confirmed: it may be misspelt. Nothing changes until the link that is mailed there is followed; a second
 * call makes the link before it worthless. An address that is in use gets no mail, and nothing tells so.
 *
 * @param input.email lower case
 * @throws Invalid `wrong_password`
 * @throws TooManyRequests `too_many_attempts`
 */
export async function changeEmail(
  ctx: Context,
  input: { email: string; password: string; caller: Caller },
): Promise<void> {
  const userId = personOf(ctx.actor);
  await provePassword(ctx, { ...input, userId });
  await evenly(() => mailLink(ctx, { userId, email: input.email }));
}

async function mailLink(ctx: Context, { userId, email }: { userId: string; email: string }): Promise<void> {
  await ctx.transaction(async (tx) => {
    const login = await findLogin(tx.db, userId);
    await withdrawTokens(tx, 'change_email', userId);
    if (!login || (await findLoginByEmail(tx.db, email))) return;
    const token = await createToken(tx, {
      purpose: 'change_email',
      subjectId: userId,
      hours: LINK_HOURS,
      detail: email,
    });
    await tx.app.outbox.queue(tx, {
      template: 'confirm_email',
      to: email,
      ...(login.customerId ? { customerId: login.customerId } : {}),
      data: { name: login.name, url: shopLink(tx.app, '/confirm-email', { token }), hours: LINK_HOURS },
      idempotencyKey: mailKey('change_email', token),
      cause: { kind: 'login', id: userId },
    });
  });
}

/**
 * Take the new address: the link was followed. The old address is told. Invoices go where the login goes, when they
 * went to its old address.
 *
 * @throws Conflict `email_taken` when somebody was faster
 */
export async function takeEmail(tx: TransactionContext, input: { userId: string; email: string }): Promise<void> {
  const before = await findLogin(tx.db, input.userId);
  if (!before || before.email === input.email) return;
  await tx.db
    .updateTable('loginUser')
    .set({ email: input.email, emailVerified: true, updatedAt: tx.clock.now() })
    .where('id', '=', before.id)
    .execute()
    .catch((error: unknown) => {
      throw isTaken(error, ['login_user_email_key']) ? new Conflict('email_taken') : error;
    });
  // Links in the old mailbox must not open the login of the new one.
  for (const purpose of ['confirm_email', 'reset_password', 'sign_in'] as const)
    await withdrawTokens(tx, purpose, before.id);
  await audit(
    tx,
    'login.email_changed',
    { kind: 'login', id: before.id },
    { before: { email: before.email }, after: { email: input.email } },
  );
  await tellSignInChanged(tx, before, 'email');
  if (before.customerId !== null)
    await followWithCustomer(tx, { ...before, customerId: before.customerId }, input.email);
}

async function followWithCustomer(
  tx: TransactionContext,
  { customerId, email }: LoginRow & { customerId: string },
  next: string,
): Promise<void> {
  const moved = await tx.db
    .updateTable('customer')
    .set({ email: next, updatedAt: tx.clock.now() })
    .where('id', '=', customerId)
    .where('email', '=', email)
    .executeTakeFirst();
  if (moved.numUpdatedRows === 0n) return;
  await record(
    tx,
    'customer.updated',
    { kind: 'customer', id: customerId },
    { customerId },
    { before: { email }, after: { email: next } },
  );
}
