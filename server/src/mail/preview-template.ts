import type { Context } from '../kit/context.ts';
import { allow } from '../kit/permissions.ts';
import { checkTemplate } from './check-template.ts';
import { type Rendered, renderMail } from './render.ts';
import { readShop } from './shop.ts';
import type { TemplateSource } from './template.ts';
import { templateKey } from './template-key.ts';
import { TEMPLATE_SAMPLES } from './template-samples.ts';

/**
 * What a template makes of its first sample. Nothing is stored.
 *
 * @throws NotFound `mail_template_not_found`
 * @throws Invalid `bad_mail_template` as when it is saved
 */
export async function previewTemplate(ctx: Context, text: string, source: TemplateSource): Promise<Rendered> {
  allow(ctx.actor, 'settings:read');
  const key = templateKey(text);
  const shop = await readShop(ctx);
  checkTemplate(key, source, shop);
  return renderMail(source, TEMPLATE_SAMPLES[key].samples[0], shop);
}
