import { z } from '@hono/zod-openapi';
import { endpoint } from '../kit/endpoint.ts';
import { id, idParams, instant, listQuery, pageOf } from '../kit/shapes.ts';

const tag = 'Mails';
const state = z.enum(['queued', 'sent', 'failed']);
const mailSummary = z
  .object({
    id,
    template: z.string(),
    templateName: z.string().openapi({ description: '`template` in words.' }),
    customerId: id.nullable(),
    toAddress: z.string(),
    subject: z.string(),
    state,
    attempts: z.int(),
    error: z.string().nullable(),
    correlationId: id,
    createdAt: instant,
    sentAt: instant.nullable(),
  })
  .openapi('MailSummary');
export const listMails = endpoint({
  method: 'get',
  path: '/mails',
  tag,
  access: 'mails:read',
  summary: 'Mails, newest first',
  query: listQuery.extend({ state: state.optional(), customerId: id.optional(), correlationId: id.optional() }),
  ok: pageOf(mailSummary),
});
export const readMail = endpoint({
  method: 'get',
  path: '/mails/{id}',
  tag,
  access: 'mails:read',
  summary: 'A mail as sent, passwords struck out',
  params: idParams,
  ok: mailSummary.extend({ html: z.string(), text: z.string() }).openapi('Mail'),
});
export const resendMail = endpoint({
  method: 'post',
  path: '/mails/{id}/resend',
  tag,
  access: 'customers:write',
  summary: 'Send a mail again',
  params: idParams,
  status: 202,
  ok: mailSummary,
});

const templateParams = z.object({ key: z.string().max(60) });
const templateSource = z
  .object({
    subject: z.string().trim().min(1).max(500),
    html: z.string().trim().min(1).max(100_000).openapi({ description: 'Without the frame that every mail shares.' }),
    text: z.string().trim().min(1).max(100_000),
  })
  .openapi('MailTemplateSource', { description: 'Liquid templates of the parts of a mail.' });
const templateSummary = z
  .object({
    key: z.string(),
    name: z.string(),
    purpose: z.string().openapi({ description: 'When it is sent and to whom, in a sentence.' }),
    state: z.enum(['default', 'changed', 'broken']).openapi({
      description: '`broken` was changed and cannot be used any more: mails go out with the default.',
    }),
    changedAt: instant.nullable(),
  })
  .openapi('MailTemplateSummary');
const template = templateSummary
  .extend({
    source: templateSource.openapi({ description: 'In use now; a broken one waits to be corrected.' }),
    default: templateSource,
    issues: z.array(z.object({ path: z.string(), message: z.string() })),
    names: z
      .array(
        z.object({
          name: z.string(),
          example: z.string(),
          sometimes: z.boolean().openapi({ description: 'Not in every mail: it can be missing or empty.' }),
          usage: z.string().openapi({ description: 'How it is written in a template.' }),
        }),
      )
      .openapi({ description: 'What the template may name.' }),
  })
  .openapi('MailTemplate');
export const listTemplates = endpoint({
  method: 'get',
  path: '/mail-templates',
  tag,
  access: 'settings:read',
  summary: 'Every mail the shop writes, and whether staff have changed it',
  ok: z.object({ items: z.array(templateSummary) }),
});
export const readTemplate = endpoint({
  method: 'get',
  path: '/mail-templates/{key}',
  tag,
  access: 'settings:read',
  summary: 'A mail template, its default, and the names it may use',
  params: templateParams,
  ok: template,
});
export const changeTemplate = endpoint({
  method: 'put',
  path: '/mail-templates/{key}',
  tag,
  access: 'settings:write',
  summary: 'Change a mail template; it is filled in with samples first and refused where that fails',
  params: templateParams,
  body: templateSource,
  ok: template,
});
export const restoreTemplate = endpoint({
  method: 'delete',
  path: '/mail-templates/{key}',
  tag,
  access: 'settings:write',
  summary: 'Go back to the default of a mail template; asking twice is fine',
  params: templateParams,
});
export const previewTemplate = endpoint({
  method: 'post',
  path: '/mail-templates/{key}/preview',
  tag,
  access: 'settings:read',
  summary: 'A template filled in with samples; nothing is stored or sent',
  params: templateParams,
  body: templateSource,
  ok: z.object({ subject: z.string(), html: z.string(), text: z.string() }).openapi('MailPreview'),
});
export const sendTestMail = endpoint({
  method: 'post',
  path: '/mail-templates/{key}/send-test',
  tag,
  access: 'settings:write',
  summary: "Send a template filled in with samples to the caller's own address, marked as a test",
  params: templateParams,
  body: templateSource,
  status: 202,
  ok: mailSummary,
});
