/** Templates of mails: files beside this one, and whatever staff have put in their place. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import type { Db, Tx } from '../kit/db.ts';
import type { MailTemplate } from '../kit/outbox.ts';

export interface TemplateSource {
  subject: string;
  /** Without the frame around it, which every mail shares. */
  html: string;
  text: string;
}

const folder = path.join(import.meta.dirname, 'templates');
const read = (name: string, part: string) => readFileSync(path.join(folder, name, `${part}.liquid`), 'utf8');

const known = new Map<MailTemplate, TemplateSource>();

/** The template that came with Hostwright. */
export function defaultTemplate(key: MailTemplate): TemplateSource {
  const found = known.get(key);
  if (found) return found;
  const source = { subject: read(key, 'subject'), html: read(key, 'html'), text: read(key, 'text') };
  known.set(key, source);
  return source;
}

/** The frame of every mail. It is not for staff to change: what it says comes from the settings. */
export const layout = { html: read('layout', 'html'), text: read('layout', 'text') };

/** What staff have put in the place of the default, if they have. */
export async function changedTemplate(
  db: Db,
  key: MailTemplate,
): Promise<{ source: TemplateSource; changedAt: Date } | undefined> {
  const row = await db
    .selectFrom('mailTemplate')
    .select(['subject', 'html', 'text', 'updatedAt'])
    .where('key', '=', key)
    .executeTakeFirst();
  if (!row) return undefined;
  const { updatedAt, ...source } = row;
  return { source, changedAt: updatedAt };
}

/** Nobody else changes templates before this transaction ends; reading and sending go on. */
export const lockTemplates = (tx: Tx) => sql`lock table mail_template in share row exclusive mode`.execute(tx);
