import type { Context } from '../kit/context.ts';
import { audit } from '../kit/events.ts';
import { allow } from '../kit/permissions.ts';
import { defaultTemplate, lockTemplates } from './template.ts';
import { closeTemplateAlerts } from './template-alerts.ts';
import { templateKey } from './template-key.ts';

/**
 * Go back to the template that came with Hostwright. Nothing happens when it is in use already.
 *
 * @throws NotFound `mail_template_not_found`
 */
export async function restoreTemplate(ctx: Context, text: string): Promise<void> {
  allow(ctx.actor, 'settings:write');
  const key = templateKey(text);
  await ctx.transaction(async (tx) => {
    await lockTemplates(tx.db);
    const before = await tx.db
      .deleteFrom('mailTemplate')
      .where('key', '=', key)
      .returning(['subject', 'html', 'text'])
      .executeTakeFirst();
    if (!before) return;
    await audit(
      tx,
      'mail_template.restored',
      { kind: 'mail_template', id: null },
      { before: { key, ...before }, after: { key, ...defaultTemplate(key) } },
    );
    await closeTemplateAlerts(tx, key);
  });
}
