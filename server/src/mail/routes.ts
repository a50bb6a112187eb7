/** Mails, for staff. */
import type { AddRoute } from '../kit/endpoint.ts';
import { asMailSummary } from './present.ts';
import { listMails, readMail } from './read-mails.ts';
import { resendMail } from './resend-mail.ts';
import * as schemas from './schemas.ts';

export function mailRoutes(add: AddRoute): void {
  add(schemas.listMails, (ctx, { query }) => listMails(ctx, query));
  add(schemas.readMail, (ctx, { params }) => readMail(ctx, params.id));
  add(schemas.resendMail, async (ctx, { params }) => asMailSummary(await resendMail(ctx, params.id)));
}
