/** The typefaces of our documents, one per script. Each is opened only when a text needs it. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Face {
  name: string;
  /** Files. */
  regular: string;
  bold: string;
}

/** @param pack where the package of the family is found */
function face(pack: string, family: string, kind: 'ttf' | 'otf'): Face {
  const folder = path.join(path.dirname(fileURLToPath(pack)), '..', 'fonts');
  const file = (weight: string) => path.join(folder, `${family}-${weight}.${kind}`);
  return { name: family, regular: file('Regular'), bold: file('Bold') };
}

/** Latin, Greek, Cyrillic, Vietnamese and Devanagari, and whatever no other face has. */
export const LATIN = face(import.meta.resolve('@embedpdf/fonts-latin'), 'NotoSans', 'ttf');

/** Asked in turn; what is in none of them is written in `LATIN`. */
const BY_SCRIPT: [RegExp, Face][] = [
  [/\p{Script_Extensions=Arabic}/u, face(import.meta.resolve('@embedpdf/fonts-arabic'), 'NotoNaskhArabic', 'ttf')],
  [/\p{Script=Hebrew}/u, face(import.meta.resolve('@embedpdf/fonts-hebrew'), 'NotoSansHebrew', 'ttf')],
  [/\p{Script=Hangul}/u, face(import.meta.resolve('@embedpdf/fonts-kr'), 'NotoSansKR', 'otf')],
  // Han, both kana, and the wide punctuation that stands between them.
  [
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\u3000-\u303f\uff00-\uffef]/u,
    face(import.meta.resolve('@embedpdf/fonts-sc'), 'NotoSansHans', 'otf'),
  ],
];

/** Of the scripts, those written from right to left. */
export const RIGHT_TO_LEFT = /[\p{Script_Extensions=Arabic}\p{Script=Hebrew}]/u;

export const faceOf = (character: string): Face => BY_SCRIPT.find(([script]) => script.test(character))?.[1] ?? LATIN;
