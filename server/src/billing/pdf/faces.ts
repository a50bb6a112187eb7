/** The typefaces of our documents, one per script. Each is opened only when a text needs it. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Face {
  /** As registered with the document. */
  name: string;
  regular: string;
  bold: string;
}

const file = (pack: string, font: string): string =>
  path.join(path.dirname(fileURLToPath(import.meta.resolve(`@embedpdf/fonts-${pack}`))), '..', 'fonts', font);

const face = (pack: string, family: string, kind: 'ttf' | 'otf'): Face => ({
  name: pack,
  regular: file(pack, `${family}-Regular.${kind}`),
  bold: file(pack, `${family}-Bold.${kind}`),
});

/** Latin, Greek, Cyrillic, Vietnamese and Devanagari, and whatever no other face has. */
export const LATIN = face('latin', 'NotoSans', 'ttf');

/** Asked in turn; what is in none of them is written in `LATIN`. */
const BY_SCRIPT: [RegExp, Face][] = [
  [/\p{Script_Extensions=Arabic}/u, face('arabic', 'NotoNaskhArabic', 'ttf')],
  [/\p{Script=Hebrew}/u, face('hebrew', 'NotoSansHebrew', 'ttf')],
  [/\p{Script=Hangul}/u, face('kr', 'NotoSansKR', 'otf')],
  // Han, both kana, and the wide punctuation that stands between them.
  [
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\u3000-\u303f\uff00-\uffef]/u,
    face('sc', 'NotoSansHans', 'otf'),
  ],
];

/** Of the scripts, those written from right to left. */
export const RIGHT_TO_LEFT = /[\p{Script_Extensions=Arabic}\p{Script=Hebrew}]/u;

export const faceOf = (character: string): Face => BY_SCRIPT.find(([script]) => script.test(character))?.[1] ?? LATIN;
