import type { Context } from '../kit/context.ts';
import { Invalid, type Issue } from '../kit/errors.ts';
import type { MailTemplate } from '../kit/outbox.ts';
import { allow } from '../kit/permissions.ts';
import { checkTemplate } from './check-template.ts';
import type { Shop } from './render.ts';
import { readShop } from './shop.ts';
import { changedTemplate, defaultTemplate } from './template.ts';
import { TEMPLATE_KEYS, templateKey } from './template-key.ts';
import { namesOf } from './template-names.ts';
import { TEMPLATE_SAMPLES } from './template-samples.ts';

/** Every template, in the order of their table. */
export async function listTemplates(ctx: Context) {
  allow(ctx.actor, 'settings:read');
  const shop = await readShop(ctx);
  return { items: await Promise.all(TEMPLATE_KEYS.map(async (key) => (await readOne(ctx, key, shop)).summary)) };
}

/**
 * A template as it is used now, beside the default, with the names it may use.
 *
 * @throws NotFound `mail_template_not_found`
 */
export async function readTemplate(ctx: Context, text: string) {
  allow(ctx.actor, 'settings:read');
  const key = templateKey(text);
  const shop = await readShop(ctx);
  const { summary, source, issues } = await readOne(ctx, key, shop);
  return { ...summary, source, default: defaultTemplate(key), issues, names: namesOf(key, shop) };
}

/** A changed template is checked when it is read, too: a new version of Hostwright may give a mail other names. */
async function readOne(ctx: Context, key: MailTemplate, shop: Shop) {
  const changed = await changedTemplate(ctx.db, key);
  const source = changed?.source ?? defaultTemplate(key);
  const issues = changed ? issuesOf(() => checkTemplate(key, source, shop)) : [];
  const state = !changed ? ('default' as const) : issues.length > 0 ? ('broken' as const) : ('changed' as const);
  const { name, purpose } = TEMPLATE_SAMPLES[key];
  return { summary: { key, name, purpose, state, changedAt: changed?.changedAt ?? null }, source, issues };
}

function issuesOf(check: () => void): Issue[] {
  try {
    check();
    return [];
  } catch (error) {
    if (error instanceof Invalid) return error.issues;
    throw error;
  }
}
