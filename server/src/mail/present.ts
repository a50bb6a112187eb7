/** What leaves the building about mails. */
import type { Context } from '../kit/context.ts';
import type { MailTemplate } from '../kit/outbox.ts';
import { openBody } from './body.ts';
import type { MailRow } from './queries.ts';
import { TEMPLATE_SAMPLES } from './template-samples.ts';

/** A mail without its body, its template by name. One that an older version sent may be of a template that is gone. */
export const asMailSummary = <M extends { template: string; sealedBody?: unknown }>({ sealedBody: _, ...mail }: M) => ({
  ...mail,
  templateName: isTemplate(mail.template) ? TEMPLATE_SAMPLES[mail.template].name : mail.template,
});

const isTemplate = (key: string): key is MailTemplate => key in TEMPLATE_SAMPLES;

/** A mail as staff may see it: its passwords and one-time links are struck out. */
export function asMail(ctx: Context, mail: MailRow) {
  return { ...asMailSummary(mail), ...openBody(ctx.app.keyring, mail.id, mail.sealedBody).forStaff };
}
