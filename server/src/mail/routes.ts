/** Mails and their templates, for staff. */
import type { AddRoute } from '../kit/endpoint.ts';
import { changeTemplate } from './change-template.ts';
import { asMailSummary } from './present.ts';
import { previewTemplate } from './preview-template.ts';
import { listMails, readMail } from './read-mails.ts';
import { listTemplates, readTemplate } from './read-templates.ts';
import { resendMail } from './resend-mail.ts';
import { restoreTemplate } from './restore-template.ts';
import * as schemas from './schemas.ts';
import { sendTestMail } from './send-test-mail.ts';

export function mailRoutes(add: AddRoute): void {
  add(schemas.listMails, (ctx, { query }) => listMails(ctx, query));
  add(schemas.readMail, (ctx, { params }) => readMail(ctx, params.id));
  add(schemas.resendMail, async (ctx, { params }) => asMailSummary(await resendMail(ctx, params.id)));
  add(schemas.listTemplates, (ctx) => listTemplates(ctx));
  add(schemas.readTemplate, (ctx, { params }) => readTemplate(ctx, params.key));
  add(schemas.changeTemplate, async (ctx, { params, body }) => {
    await changeTemplate(ctx, params.key, body);
    return readTemplate(ctx, params.key);
  });
  add(schemas.restoreTemplate, (ctx, { params }) => restoreTemplate(ctx, params.key));
  add(schemas.previewTemplate, (ctx, { params, body }) => previewTemplate(ctx, params.key, body));
  add(schemas.sendTestMail, async (ctx, { params, body }) => asMailSummary(await sendTestMail(ctx, params.key, body)));
}
