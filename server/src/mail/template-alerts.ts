/** The alert that a changed template cannot be used, at most one per template. */
import { closeAlerts } from '../kit/alerts.ts';
import type { TransactionContext } from '../kit/context.ts';
import type { Db } from '../kit/db.ts';
import type { MailTemplate } from '../kit/outbox.ts';

export const templateAlertKind = (template: MailTemplate) => `mail_template_${template}`;

export const openTemplateAlerts = (db: Db, template: MailTemplate) =>
  db
    .selectFrom('alert')
    .select(['subjectKind', 'subjectId'])
    .where('kind', '=', templateAlertKind(template))
    .where('resolvedAt', 'is', null)
    .execute();

/** The template can be used again. */
export async function closeTemplateAlerts(tx: TransactionContext, template: MailTemplate): Promise<void> {
  for (const { subjectKind, subjectId } of await openTemplateAlerts(tx.db, template))
    await closeAlerts(tx, { kind: templateAlertKind(template), subject: { kind: subjectKind, id: subjectId } });
}
