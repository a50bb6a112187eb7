import type { TransactionContext } from '../kit/context.ts';
import type { NewMail } from '../kit/outbox.ts';
import { sealBody } from './body.ts';
import { messageIdOf } from './message-id.ts';
import type { MailRow } from './queries.ts';
import type { Rendered } from './render.ts';
import { sendMailJob } from './send-mail.job.ts';

/**
 * Store a rendered mail and the job that sends it.
 *
 * @param made.sent as the receiver gets it; `made.staff` is the same without its secrets
 * @returns nothing when there is already a mail with this `idempotencyKey`
 */
export async function storeMail(
  tx: TransactionContext,
  { id, mail, sent, staff }: { id: string; mail: Omit<NewMail, 'data'>; sent: Rendered; staff: Rendered },
): Promise<MailRow | undefined> {
  const stored = await tx.db
    .insertInto('mail')
    .values({
      id,
      template: mail.template,
      customerId: mail.customerId ?? null,
      toAddress: mail.to,
      // The subject stands in lists and logs, so it is the one without secrets.
      subject: staff.subject,
      sealedBody: sealBody(tx.app.keyring, id, { sent, forStaff: { html: staff.html, text: staff.text } }),
      state: 'queued',
      idempotencyKey: mail.idempotencyKey,
      messageId: messageIdOf(tx.app.config.mailFrom, id),
      causeKind: mail.cause?.kind ?? null,
      causeId: mail.cause?.id ?? null,
      correlationId: tx.correlationId,
      createdAt: tx.clock.now(),
    })
    .onConflict((conflict) => conflict.column('idempotencyKey').doNothing())
    .returningAll()
    .executeTakeFirst();
  if (stored) await tx.app.jobs.enqueue(tx, sendMailJob, { mailId: id }, { singletonKey: id });
  return stored;
}
