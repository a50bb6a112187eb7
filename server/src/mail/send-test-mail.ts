import { uuidv7 } from 'uuidv7';
import type { Actor } from '../kit/actor.ts';
import type { Context } from '../kit/context.ts';
import { Conflict, Forbidden } from '../kit/errors.ts';
import { audit } from '../kit/events.ts';
import { allow } from '../kit/permissions.ts';
import { checkTemplate } from './check-template.ts';
import { staffAddress } from './facts.ts';
import type { MailRow } from './queries.ts';
import { renderMail } from './render.ts';
import { readShop } from './shop.ts';
import { storeMail } from './store-mail.ts';
import type { TemplateSource } from './template.ts';
import { templateKey } from './template-key.ts';
import { TEMPLATE_SAMPLES } from './template-samples.ts';
import { transportOf } from './transport.ts';

/**
 * Send a template, filled in with samples, to the address of whoever asks. Subject and body say that it is a test.
 *
 * @throws NotFound `mail_template_not_found`
 * @throws Forbidden `staff_only` when nobody of the staff stands behind the request
 * @throws Invalid `bad_mail_template` as when it is saved
 * @throws Conflict `no_mail_server` when the shop cannot send mail
 */
export async function sendTestMail(ctx: Context, text: string, source: TemplateSource): Promise<MailRow> {
  allow(ctx.actor, 'settings:write');
  const key = templateKey(text);
  const userId = staffBehind(ctx.actor);
  if (userId === undefined) throw new Forbidden('staff_only');
  return ctx.transaction(async (tx) => {
    const shop = await readShop(tx);
    checkTemplate(key, source, shop);
    if (!transportOf(tx.app)) throw new Conflict('no_mail_server');
    const to = await staffAddress(tx.db, userId);
    const { name, samples } = TEMPLATE_SAMPLES[key];
    const notice = `This is a test of the template “${name}”, filled in with samples. Nothing has happened.`;
    const test = renderMail({ ...source, subject: `[Test] ${source.subject}` }, samples[0], shop, notice);
    const id = uuidv7();
    const mail = await storeMail(tx, {
      id,
      mail: { template: key, to, idempotencyKey: `test:${id}` },
      // Samples hold no secrets, so staff may see all of it.
      sent: test,
      staff: test,
    });
    if (!mail) throw new Error(`a mail of ours was there before it was written: ${id}`);
    await audit(tx, 'mail.test_sent', { kind: 'mail', id }, { after: { template: key, to } });
    return mail;
  });
}

function staffBehind(actor: Actor): string | undefined {
  if (actor.kind === 'staff') return actor.userId;
  return actor.kind === 'api_key' && actor.owner.kind === 'staff' ? actor.owner.userId : undefined;
}
