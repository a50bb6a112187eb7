import { NotFound } from '../kit/errors.ts';
import type { MailTemplate } from '../kit/outbox.ts';
import { TEMPLATE_SAMPLES } from './template-samples.ts';

export const TEMPLATE_KEYS = Object.keys(TEMPLATE_SAMPLES) as MailTemplate[]; // a Record of them has no other keys

/** @throws NotFound `mail_template_not_found` when there is no such template */
export function templateKey(text: string): MailTemplate {
  const key = TEMPLATE_KEYS.find((known) => known === text);
  if (key === undefined) throw new NotFound('mail_template_not_found');
  return key;
}
