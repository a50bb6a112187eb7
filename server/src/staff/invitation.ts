/** Invitations, into the staff or to the users of a customer: rows, links and mails. Who may invite is the verbs' to say. */
import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import type { TransactionContext } from '../kit/context.ts';
import type { Db } from '../kit/db.ts';
import { Conflict, NotFound } from '../kit/errors.ts';
import { audit } from '../kit/events.ts';
import { createToken, withdrawTokens } from './one-time-token.ts';
import { shopLink } from './shop-link.ts';

const DAYS = 7;

const invitationRows = (db: Db) =>
  db
    .selectFrom('invitation')
    .select(['id', 'customerId', 'email', 'role', 'createdAt', 'expiresAt'])
    .where('acceptedAt', 'is', null)
    .where('revokedAt', 'is', null);

/** Open invitations of a customer, or with `null` of the staff, the latest first; also those that have run out. */
export const invitationsOf = (db: Db, customerId: string | null) =>
  invitationRows(db)
    .where('customerId', customerId === null ? 'is' : '=', customerId)
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .execute();

export type InvitationRow = Awaited<ReturnType<typeof invitationsOf>>[number];

/** An open invitation, with the e-mail address it was sent to. */
export const findInvitation = (db: Db, id: string) => invitationRows(db).where('id', '=', id).executeTakeFirst();

/** The same, for whoever ends it: locked before its token, as everywhere. */
export const lockInvitation = (db: Db, id: string) =>
  invitationRows(db).where('id', '=', id).forUpdate().executeTakeFirst();

/**
 * Invite somebody for a week. Inviting the same address again takes the new role and sends another link; the one
 * before stops working.
 *
 * @param invitation.into what they are invited into, for the mail
 * @throws Conflict `email_taken` when somebody signs in with this address already
 */
export async function sendInvitation(
  tx: TransactionContext,
  invitation: { customerId: string | null; email: string; role: string; into: string },
): Promise<InvitationRow> {
  const { customerId, email, role } = invitation;
  const taken = await tx.db.selectFrom('loginUser').select('id').where('email', '=', email).executeTakeFirst();
  if (taken) throw new Conflict('email_taken');
  const createdAt = tx.clock.now();
  const row = {
    role,
    invitedBy: JSON.stringify(tx.actor),
    createdAt,
    expiresAt: new Date(createdAt.getTime() + DAYS * 24 * 3_600_000),
  };
  const sent = await tx.db
    .insertInto('invitation')
    .values({ id: uuidv7(), customerId, email, ...row })
    .onConflict((conflict) =>
      conflict
        .columns(['email', 'customerId'])
        .where('acceptedAt', 'is', null)
        .where('revokedAt', 'is', null)
        .doUpdateSet(row),
    )
    .returning(['id', 'customerId', 'email', 'role', 'createdAt', 'expiresAt'])
    .executeTakeFirstOrThrow();
  await withdrawTokens(tx, 'invitation', sent.id);
  const token = await createToken(tx, { purpose: 'invitation', subjectId: sent.id, hours: DAYS * 24 });
  await tx.app.outbox.queue(tx, {
    template: 'invitation',
    to: email,
    ...(customerId === null ? {} : { customerId }),
    data: { into: invitation.into, days: DAYS, url: shopLink(tx.app, '/invitation', { token }) },
    idempotencyKey: `invitation:${sent.id}:${uuidv7()}`,
    cause: { kind: 'invitation', id: sent.id },
  });
  await audit(tx, 'invitation.sent', { kind: 'invitation', id: sent.id }, { after: { customerId, email, role } });
  return sent;
}

/** Take back every open invitation that somebody sent, who may no longer or is gone. None is fine. */
export async function withdrawInvitationsBy(tx: TransactionContext, userId: string): Promise<void> {
  const sent = await invitationRows(tx.db)
    .where(sql<string>`coalesce(invited_by ->> 'userId', invited_by -> 'owner' ->> 'userId')`, '=', userId)
    .execute();
  for (const { id, customerId } of sent) await withdrawInvitation(tx, { invitationId: id, customerId });
}

/**
 * Take an open invitation back: its link stops working.
 *
 * @param input.customerId whose it must be; `null` for the staff's
 * @throws NotFound `invitation_not_found`
 */
export async function withdrawInvitation(
  tx: TransactionContext,
  input: { invitationId: string; customerId: string | null },
): Promise<void> {
  const withdrawn = await tx.db
    .updateTable('invitation')
    .set({ revokedAt: tx.clock.now() })
    .where('id', '=', input.invitationId)
    .where('customerId', input.customerId === null ? 'is' : '=', input.customerId)
    .where('acceptedAt', 'is', null)
    .where('revokedAt', 'is', null)
    .returning('email')
    .executeTakeFirst();
  if (!withdrawn) throw new NotFound('invitation_not_found');
  await withdrawTokens(tx, 'invitation', input.invitationId);
  await audit(
    tx,
    'invitation.withdrawn',
    { kind: 'invitation', id: input.invitationId },
    { before: { email: withdrawn.email } },
  );
}
