import { z } from '@hono/zod-openapi';
import { endpoint } from '../kit/endpoint.ts';
import { id, idParams, instant, listQuery, pageOf } from '../kit/shapes.ts';

const tag = 'Mails';
const state = z.enum(['queued', 'sent', 'failed']);
const mailSummary = z
  .object({
    id,
    template: z.string(),
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
