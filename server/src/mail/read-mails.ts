import type { Context } from '../kit/context.ts';
import { NotFound } from '../kit/errors.ts';
import { allow } from '../kit/permissions.ts';
import { asMail, asMailSummary } from './present.ts';
import { type MailFilter, mailById, pageOfMails } from './queries.ts';

/** Mails, newest first unless sorted otherwise. */
export async function listMails(ctx: Context, filter: MailFilter) {
  allow(ctx.actor, 'mails:read');
  const page = await pageOfMails(ctx.db, filter);
  return { ...page, items: page.items.map(asMailSummary) };
}

/** @throws NotFound */
export async function readMail(ctx: Context, mailId: string) {
  allow(ctx.actor, 'mails:read');
  const mail = await mailById(ctx.db, mailId);
  if (!mail) throw new NotFound('mail_not_found');
  return asMail(ctx, mail);
}
