/** What a template may name, told from its samples. */
import type { MailTemplate } from '../kit/outbox.ts';
import type { Shop } from './render.ts';
import { TEMPLATE_SAMPLES } from './template-samples.ts';

export interface TemplateName {
  /** Parts joined with dots, `mailbox.address`. */
  name: string;
  example: string;
  /** Not in every mail: it can be missing or empty. */
  sometimes: boolean;
  /** How it is written in a template. */
  usage: string;
}

type Known = Record<string, unknown>;

/** Everything a template may name, in the order of its samples and then the shop. */
export function namesOf(key: MailTemplate, shop: Shop): TemplateName[] {
  const [full, ...others] = samplesOf(key, shop);
  return pathsOf(full).map((path) => {
    const sometimes = others.some((sample) => isEmpty(valueAt(sample, path)));
    const value = valueAt(full, path);
    const name = path.join('.');
    return { name, example: exampleOf(value), sometimes, usage: usageOf(name, value, sometimes) };
  });
}

/** The samples of a template as it sees them, with the shop beside its own data. */
export function samplesOf(key: MailTemplate, shop: Shop): [Known, ...Known[]] {
  const [full, ...others] = TEMPLATE_SAMPLES[key].samples;
  const withShop = (sample: Known): Known => ({ ...sample, shop });
  return [withShop(full), ...others.map(withShop)];
}

function pathsOf(sample: Known, above: string[] = []): string[][] {
  return Object.entries(sample).flatMap(([name, value]) =>
    isGroup(value) ? pathsOf(value, [...above, name]) : [[...above, name]],
  );
}

const isGroup = (value: unknown): value is Known =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

const valueAt = (sample: Known, path: string[]): unknown =>
  path.reduce<unknown>((value, name) => (isGroup(value) ? value[name] : undefined), sample);

const isEmpty = (value: unknown) =>
  value === undefined ||
  value === null ||
  value === '' ||
  value === false ||
  (Array.isArray(value) && value.length === 0);

function exampleOf(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (!Array.isArray(value)) return String(value);
  const items = value.map((item) => (isGroup(item) ? Object.values(item).join(': ') : String(item)));
  return items.join('; ');
}

function usageOf(name: string, value: unknown, sometimes: boolean): string {
  if (typeof value === 'boolean') return `{% if ${name} %}…{% endif %}`;
  if (Array.isArray(value)) return loopOver(name, value[0]);
  return sometimes ? `{% if ${name} %}{{ ${name} }}{% endif %}` : `{{ ${name} }}`;
}

/** One entry of `lines` is a `line`. */
function loopOver(name: string, first: unknown): string {
  const last = name.split('.').at(-1) ?? name;
  const item = last.endsWith('s') ? last.slice(0, -1) : 'item';
  const written = isGroup(first) ? Object.keys(first).map((field) => `${item}.${field}`) : [item];
  return `{% for ${item} in ${name} %}${written.map((path) => `{{ ${path} }}`).join(' ')} {% endfor %}`;
}
