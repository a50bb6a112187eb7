import { expect, test } from 'vitest';
import { runsOf } from './text-runs.ts';

const NAMES: Record<string, string> = {
  NotoSans: 'latin',
  NotoNaskhArabic: 'arabic',
  NotoSansHebrew: 'hebrew',
  NotoSansKR: 'kr',
  NotoSansHans: 'sc',
};
const shown = (line: string) => runsOf(line).map(({ text, face }) => `${NAMES[face.name]}:${text}`);

test('a line of one script is one run', () => {
  expect(shown('Łódź, Αθήνα, Київ (12)')).toEqual(['latin:Łódź, Αθήνα, Київ (12)']);
  expect(shown('北京市朝阳区，東京')).toEqual(['sc:北京市朝阳区，東京']);
});

test('each script has its face', () => {
  expect(shown('Starter 北京 서울')).toEqual(['latin:Starter ', 'sc:北京 ', 'kr:서울']);
});

test('right-to-left text stands in its own order, foreign words and numbers in theirs', () => {
  expect(shown('شارع التحرير')).toEqual(['arabic:شارع التحرير']);
  expect(shown('רחוב 12')).toEqual(['latin:12', 'hebrew:רחוב ']);
  expect(shown('שלום example.test עולם')).toEqual(['hebrew:עולם', 'latin: ', 'latin:example.test', 'hebrew:שלום ']);
  expect(shown('شقة ١٢')).toEqual(['arabic:١٢', 'arabic:شقة ']);
  expect(shown('سعر 1,234.50 جنيه')).toEqual(['arabic:جنيه', 'latin: ', 'latin:1,234.50', 'arabic:سعر ']);
});

test('right-to-left words inside a line of Latin keep the line going right', () => {
  expect(shown('From שלום עולם to B')).toEqual(['latin:From ', 'hebrew:שלום עולם', 'latin: to B']);
  expect(shown('VAT מס 1,234 B')).toEqual(['latin:VAT ', 'latin:1,234', 'hebrew:מס ', 'latin: B']);
});

test('brackets turn with their text', () => {
  expect(shown('(שלום)')).toEqual(['latin:(', 'hebrew:שלום', 'latin:)']);
});
