/**
 * Text as it stands on the page: runs of one typeface and one direction, from left to right. Follows Unicode's
 * bidirectional algorithm for plain text: letters, numbers and what stands between them, without explicit embeddings.
 */
import { type Face, faceOf, LATIN, RIGHT_TO_LEFT } from './faces.ts';

export interface Run {
  /** In reading order; the typesetter turns the glyphs of a right-to-left run round. */
  text: string;
  face: Face;
}

/** @param line without line breaks */
export function runsOf(line: string): Run[] {
  const characters = [...line];
  const levels = levelsOf(characters);
  const runs: (Run & { level: number })[] = [];
  for (const [at, character] of characters.entries()) {
    const level = levels[at] ?? 0;
    const last = runs.at(-1);
    const stays = last?.level === level && (/\s/.test(character) || isJoined(character));
    const face = stays ? last.face : faceOf(character);
    const text = level % 2 === 1 ? (MIRRORED[character] ?? character) : character;
    if (last && last.face === face && last.level === level) last.text += text;
    else runs.push({ text, face, level });
  }
  return inVisualOrder(runs).map(({ text, face }) => ({ text, face }));
}

const MIRRORED: Record<string, string> = { '(': ')', ')': '(', '[': ']', ']': '[', '«': '»', '»': '«' };

type Kind = 'left' | 'right' | 'number' | 'neutral' | 'joined';

/** Even is left to right; numbers and foreign words inside right-to-left text are one above it. */
function levelsOf(characters: readonly string[]): number[] {
  const kinds = characters.map(kindOf);
  const base = kinds.find((kind) => kind === 'left' || kind === 'right') === 'right' ? 1 : 0;
  const levels: (number | undefined)[] = [];
  let context = base;
  for (const kind of kinds) {
    if (kind === 'left') context = 0;
    if (kind === 'right') context = 1;
    levels.push(levelOf(kind, { base, context, last: levels.at(-1) }));
  }
  return levels.map((level, at) => level ?? between(levels, at, base));
}

/** Undefined where the neighbours decide. */
function levelOf(
  kind: Kind,
  { base, context, last }: { base: number; context: number; last: number | undefined },
): number | undefined {
  switch (kind) {
    case 'right':
      return 1;
    case 'left':
      return base === 1 ? 2 : 0;
    case 'number':
      return base === 1 || context === 1 ? 2 : 0;
    case 'joined':
      return last;
    case 'neutral':
      return undefined;
    default:
      return kind satisfies never;
  }
}

/** What stands between two of the same direction belongs to them; anything else to the line. */
function between(levels: readonly (number | undefined)[], at: number, base: number): number {
  if (levels[at - 1] === 2 && levels[at + 1] === 2) return 2; // inside a number or a foreign name
  const left = levels.slice(0, at).findLast(isKnown) ?? base;
  const right = levels.slice(at + 1).find(isKnown) ?? base;
  if (left === right) return left === 2 && base === 0 ? 1 : left;
  return left > 0 && right > 0 ? 1 : base;
}

const isKnown = (level: number | undefined) => level !== undefined;

function kindOf(character: string): Kind {
  if (/\p{Nd}/u.test(character)) return 'number';
  if (isJoined(character)) return 'joined';
  if (RIGHT_TO_LEFT.test(character)) return 'right';
  return isNeutral(character) ? 'neutral' : 'left';
}

/** Accents, vowel signs and joiners stay with the letter before them. */
const isJoined = (character: string): boolean => /[\p{M}\u200c\u200d]/u.test(character);

const isNeutral = (character: string): boolean => /[\s\p{P}\p{S}]/u.test(character) && faceOf(character) === LATIN;

/** From the highest level down, whatever stands at or above it is turned round. */
function inVisualOrder<R extends { level: number }>(runs: R[]): R[] {
  let ordered = runs;
  for (let level = Math.max(0, ...runs.map((run) => run.level)); level > 0; level -= 1) {
    const next: R[] = [];
    let turned: R[] = [];
    for (const run of ordered) {
      if (run.level >= level) turned.unshift(run);
      else {
        next.push(...turned, run);
        turned = [];
      }
    }
    ordered = [...next, ...turned];
  }
  return ordered;
}
