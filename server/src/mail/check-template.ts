/** Whether a template can be used in every mail it is for, and where it cannot. */
import { type Liquid, LiquidError } from 'liquidjs';
import { Invalid, type Issue } from '../kit/errors.ts';
import type { MailTemplate } from '../kit/outbox.ts';
import { engineOf, type Shop } from './render.ts';
import type { TemplateSource } from './template.ts';
import { namesOf, samplesOf } from './template-names.ts';

/** Where a mistake begins; lines and columns count from 1. */
interface Place {
  line: number;
  column: number;
}

interface Mistake {
  message: string;
  place: Place | undefined;
}

const PARTS = ['subject', 'html', 'text'] as const;

/**
 * @throws Invalid `bad_mail_template` naming the first mistake of each part; `details.places` tells by part where it is
 */
export function checkTemplate(key: MailTemplate, source: TemplateSource, shop: Shop): void {
  const issues: Issue[] = [];
  const places: Record<string, Place> = {};
  for (const part of PARTS) {
    const mistake = mistakeOf(part, key, source, shop);
    if (!mistake) continue;
    const { message, place } = mistake;
    issues.push({ path: part, message: place ? `line ${place.line}, column ${place.column}: ${message}` : message });
    if (place) places[part] = place;
  }
  if (issues.length > 0) throw new Invalid('bad_mail_template', { issues, places });
}

function mistakeOf(
  part: (typeof PARTS)[number],
  key: MailTemplate,
  source: TemplateSource,
  shop: Shop,
): Mistake | undefined {
  const engine = engineOf(part);
  const samples = samplesOf(key, shop);
  try {
    const unknown = unknownName(engine, source[part], samples);
    if (unknown) return unknown;
    const parsed = engine.parse(source[part]);
    for (const sample of samples) {
      const rendered: string = engine.renderSync(parsed, sample);
      if (rendered.trim() === '') return { message: 'nothing is left of it when it is filled in', place: undefined };
    }
    return undefined;
  } catch (error) {
    return explain(error, key, shop);
  }
}

/** A name that no sample has, wherever it stands: a condition may keep it from being met in every sample. */
function unknownName(engine: Liquid, source: string, samples: Record<string, unknown>[]): Mistake | undefined {
  const { globals } = engine.analyzeSync(engine.parse(source), { partials: false });
  const [first] = Object.values(globals)
    .flat()
    .filter(({ segments }) => !samples.some((sample) => has(sample, segments)))
    .map(({ segments, location }) => ({
      name: segments.join('.'),
      place: { line: location.row, column: location.col },
    }))
    .sort((one, other) => one.place.line - other.place.line || one.place.column - other.place.column);
  return first && { message: `this mail has no “${first.name}”`, place: first.place };
}

/** What Liquid knows of every text. */
const OF_TEXT = ['size', 'first', 'last'];

function has(value: unknown, [name, ...rest]: readonly unknown[]): boolean {
  if (name === undefined) return true;
  // Entries of lists, and names computed from others, can be told only by rendering.
  if (Array.isArray(value) || typeof name === 'object') return true;
  if (typeof value === 'string') return OF_TEXT.includes(String(name));
  if (value === null || typeof value !== 'object' || !Object.hasOwn(value, String(name))) return false;
  return has((value as Record<string, unknown>)[String(name)], rest);
}

function explain(error: unknown, key: MailTemplate, shop: Shop): Mistake {
  if (!LiquidError.is(error))
    return { message: error instanceof Error ? error.message : String(error), place: undefined };
  const [line = 1, column = 1] = error.token.getPosition();
  const said = error.message.replace(/, line:\d+, col:\d+$/, '');
  return { message: inPlainWords(said, key, shop), place: { line, column } };
}

/** Liquid's words where they are plain enough, ours where staff would wonder. */
function inPlainWords(said: string, key: MailTemplate, shop: Shop): string {
  const missing = /^undefined variable: (.+)$/.exec(said)?.[1];
  if (missing !== undefined) {
    const optional = namesOf(key, shop).find(({ name, sometimes }) => name === missing && sometimes);
    return optional ? `“${missing}” is not in every mail; write ${optional.usage}` : `there is no “${missing}” here`;
  }
  const filter = /^undefined filter: (.+)$/.exec(said)?.[1];
  if (filter !== undefined) return `there is no filter “${filter}”`;
  const tag = /^tag "(.+)" not found$/.exec(said)?.[1];
  if (tag !== undefined) return `there is no tag “${tag}”`;
  if (said.startsWith('ENOENT')) return 'a template cannot bring in other files';
  if (/limit exceeded$/.test(said)) return 'it takes too long or grows too large';
  return said;
}
