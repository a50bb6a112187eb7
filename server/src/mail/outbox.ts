/** Mails are rendered and stored in the transaction of their cause, and sent by a job that is queued with them. */
import { uuidv7 } from 'uuidv7';
import { raiseAlert } from '../kit/alerts.ts';
import type { TransactionContext } from '../kit/context.ts';
import type { NewMail, Outbox } from '../kit/outbox.ts';
import { forStaff } from './for-staff.ts';
import { type Rendered, renderMail } from './render.ts';
import { readShop } from './shop.ts';
import { storeMail } from './store-mail.ts';
import { changedTemplate, defaultTemplate } from './template.ts';
import { openTemplateAlerts, templateAlertKind } from './template-alerts.ts';

export const outbox: Outbox = {
  async queue(tx, mail) {
    const known = await mailByKey(tx, mail.idempotencyKey);
    if (known) return known.id;
    const id = uuidv7();
    const { sent, staff } = await render(tx, id, mail);
    const stored = await storeMail(tx, { id, mail, sent, staff });
    // Another transaction was first; it has ended, or we would still be waiting for it.
    return stored?.id ?? (await mailByKey(tx, mail.idempotencyKey))?.id ?? outbox.queue(tx, mail);
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
    return both(changed.source);
  } catch (error) {
    const told = await openTemplateAlerts(tx.db, template);
    if (told.length === 0) {
      await raiseAlert(tx, {
        kind: templateAlertKind(template),
        subject: { kind: 'mail', id: mailId },
        message: `Your template "${template}" cannot be used: ${error instanceof Error ? error.message : String(error)}`,
        whatToDo: 'Correct the template. Until then mails go out with the one that came with Hostwright.',
      });
    }
    return both(defaultTemplate(template));
  }
}
