import { uuidv7 } from 'uuidv7';
import type { Context } from '../kit/context.ts';
import { Conflict, NotFound } from '../kit/errors.ts';
import { audit } from '../kit/events.ts';
import { allow } from '../kit/permissions.ts';
import { messageIdOf } from './message-id.ts';
import { lockMail } from './queries.ts';
import { sendMailJob } from './send-mail.job.ts';

/**
 * Send a mail again as it was written. It gets a Message-ID of its own, or receivers would take it for the one they have.
 *
 * @throws NotFound when there is no such mail
 * @throws Conflict `mail_still_queued` while it is waiting to be sent anyway
 */
export async function resendMail(ctx: Context, mailId: string) {
  allow(ctx.actor, 'customers:write');
  return ctx.transaction(async (tx) => {
    const mail = await lockMail(tx.db, mailId);
    if (!mail) throw new NotFound('mail_not_found');
    if (mail.state === 'queued') throw new Conflict('mail_still_queued', { mailId });
    const queued = await tx.db
      .updateTable('mail')
      .set({
        state: 'queued',
        attempts: 0,
        error: null,
        sentAt: null,
        messageId: messageIdOf(tx.app.config.mailFrom, mailId, uuidv7()),
      })
      .where('id', '=', mailId)
      .returningAll()
      .executeTakeFirstOrThrow();
    await audit(
      tx,
      'mail.resent',
      { kind: 'mail', id: mailId },
      { before: { state: mail.state, sentAt: mail.sentAt } },
    );
    await tx.app.jobs.enqueue(tx, sendMailJob, { mailId }, { singletonKey: mailId });
    return queued;
  });
}
