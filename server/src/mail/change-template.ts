import type { Context } from '../kit/context.ts';
import { audit } from '../kit/events.ts';
import { allow } from '../kit/permissions.ts';
import { checkTemplate } from './check-template.ts';
import { readShop } from './shop.ts';
import { changedTemplate, defaultTemplate, lockTemplates, type TemplateSource } from './template.ts';
import { closeTemplateAlerts } from './template-alerts.ts';
import { templateKey } from './template-key.ts';

/**
 * Put a template in the place of the one that came with Hostwright, for mails written from now on.
 *
 * @throws NotFound `mail_template_not_found`
 * @throws Invalid `bad_mail_template` naming what is wrong in each part, by line and column
 */
export async function changeTemplate(ctx: Context, text: string, source: TemplateSource): Promise<void> {
  allow(ctx.actor, 'settings:write');
  const key = templateKey(text);
  await ctx.transaction(async (tx) => {
    await lockTemplates(tx.db);
    checkTemplate(key, source, await readShop(tx));
    const before = (await changedTemplate(tx.db, key))?.source ?? defaultTemplate(key);
    const row = { ...source, updatedAt: tx.clock.now() };
    await tx.db
      .insertInto('mailTemplate')
      .values({ key, ...row })
      .onConflict((conflict) => conflict.column('key').doUpdateSet(row))
      .execute();
    await audit(
      tx,
      'mail_template.changed',
      { kind: 'mail_template', id: null },
      { before: { key, ...before }, after: { key, ...source } },
    );
    await closeTemplateAlerts(tx, key);
  });
}
