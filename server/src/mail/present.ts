/** What leaves the building about mails. */
import type { Context } from '../kit/context.ts';
import { openBody } from './body.ts';
import type { MailRow } from './queries.ts';

/** A mail without its body. */
export const asMailSummary = ({ sealedBody: _, ...mail }: MailRow) => mail;

/** A mail as staff may see it: its passwords and one-time links are struck out. */
export function asMail(ctx: Context, mail: MailRow) {
  return { ...asMailSummary(mail), ...openBody(ctx.app.keyring, mail.id, mail.sealedBody).forStaff };
}
