/** Mails are rendered and stored in the transaction of their cause, and sent by a job that is queued with them. */
import { uuidv7 } from 'uuidv7';
import { raiseAlert } from '../kit/alerts.ts';
import type { TransactionContext } from '../kit/context.ts';
import type { NewMail, Outbox } from '../kit/outbox.ts';
import { sealBody } from './body.ts';
import { forStaff } from './for-staff.ts';
import { messageIdOf } from './message-id.ts';
import { type Rendered, renderMail } from './render.ts';
import { sendMailJob } from './send-mail.job.ts';
import { readShop } from './shop.ts';
import { changedTemplate, defaultTemplate } from './template.ts';

export const outbox: Outbox = {
  async queue(tx, mail) {
    const known = await mailByKey(tx, mail.idempotencyKey);
    if (known) return known.id;
    const id = uuidv7();
    const { sent, staff } = await render(tx, id, mail);
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
      .returning('id')
      .executeTakeFirst();
    // Another transaction was first; it has ended, or we would still be waiting for it.
    if (!stored) return (await mailByKey(tx, mail.idempotencyKey))?.id ?? outbox.queue(tx, mail);
    await tx.app.jobs.enqueue(tx, sendMailJob, { mailId: id }, { singletonKey: id });
    return id;
  },
};

const mailByKey = (tx: TransactionContext, idempotencyKey: string) =>
  tx.db.selectFrom('mail').select('id').where('idempotencyKey', '=', idempotencyKey).executeTakeFirst();

/** By the template staff have made, else by the default: a mistake in a template must not hold up an order. */
async function render(tx: TransactionContext, mailId: string, { template, data }: NewMail) {
  const shop = await readShop(tx);
  const both = (source: Parameters<typeof renderMail>[0]): { sent: Rendered; staff: Rendered } => ({
    sent: renderMail(source, data, shop),
    staff: renderMail(source, forStaff(data), shop),
  });
  const changed = await changedTemplate(tx.db, template);
  if (!changed) return both(defaultTemplate(template));
  try {
    return both(changed);
  } catch (error) {
    const kind = `mail_template_${template}`;
    const told = await tx.db
      .selectFrom('alert')
      .select('id')
      .where('kind', '=', kind)
      .where('resolvedAt', 'is', null)
      .executeTakeFirst();
    if (!told) {
      await raiseAlert(tx, {
        kind,
        subject: { kind: 'mail', id: mailId },
        message: `Your template "${template}" cannot be used: ${error instanceof Error ? error.message : String(error)}`,
        whatToDo: 'Correct the template. Until then mails go out with the one that came with Hostwright.',
      });
    }
    return both(defaultTemplate(template));
  }
}
