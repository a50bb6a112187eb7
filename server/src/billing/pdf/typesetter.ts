/** Setting text of any script on a page: lines are broken to a width, and every run gets the face of its script. */
import { type Face, RIGHT_TO_LEFT } from './faces.ts';
import { type Run, runsOf } from './text-runs.ts';

export interface Style {
  /** In points. */
  size: number;
  bold?: boolean;
  color?: string;
}

export interface Place {
  x: number;
  /** Top of the first line. */
  y: number;
  width: number;
  align?: 'left' | 'right';
}

export interface Typesetter {
  /** Write text, broken to the width. @returns the height it took */
  write(text: string, place: Place, style: Style): number;
  /** The height `write` would take. */
  height(text: string, width: number, style: Style): number;
  width(text: string, style: Style): number;
}

const LINE_HEIGHT = 1.4;
/** From the top of a line to where its letters stand, the same for every face so that they stand together. */
const ASCENT = 1.05;

/**
 * Given any features, even none, a run is laid out in one piece, which right-to-left text needs; other text is laid out
 * word by word, and each word once.
 */
const featuresOf = ({ text }: Run): { features: [] } | Record<string, never> =>
  RIGHT_TO_LEFT.test(text) ? { features: [] } : {};

export function typesetter(doc: PDFKit.PDFDocument): Typesetter {
  const use = (face: Face, { size, bold }: Style) => doc.font(bold ? face.bold : face.regular).fontSize(size);
  const runWidth = (run: Run, style: Style) =>
    use(run.face, style).widthOfString(run.text, { ...featuresOf(run), lineBreak: false });
  const width = (text: string, style: Style) => runsOf(text).reduce((sum, run) => sum + runWidth(run, style), 0);
  const linesOf = (text: string, limit: number, style: Style) =>
    text.split('\n').flatMap((line) => breakLine(line, limit, (part) => width(part, style)));
  const lineHeight = ({ size }: Style) => size * LINE_HEIGHT;

  function writeLine(line: string, { x, y, width: limit, align }: Place, style: Style): void {
    let at = align === 'right' ? x + limit - width(line, style) : x;
    for (const run of runsOf(line)) {
      const baseline = y + style.size * ASCENT;
      use(run.face, style)
        .fillColor(style.color ?? '#000000')
        .text(run.text, at, baseline, { lineBreak: false, ...featuresOf(run), baseline: 'alphabetic' });
      at += runWidth(run, style);
    }
  }

  return {
    width,
    height: (text, limit, style) => linesOf(text, limit, style).length * lineHeight(style),
    write(text, place, style) {
      const lines = linesOf(text, place.width, style);
      for (const [index, line] of lines.entries())
        writeLine(line, { ...place, y: place.y + index * lineHeight(style) }, style);
      return lines.length * lineHeight(style);
    },
  };
}

const words = new Intl.Segmenter('en', { granularity: 'word' });
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

const OPENS = /[\p{Ps}\p{Pi}]$/u;

/** Lines that fit, broken between words; a word wider than a line is broken inside. At least one line. */
function breakLine(text: string, limit: number, widthOf: (text: string) => number): string[] {
  if (widthOf(text) <= limit) return [text];
  const lines: string[] = [];
  let line = '';
  for (const piece of piecesOf(text, limit, widthOf)) {
    if (line !== '' && widthOf((line + piece).trimEnd()) > limit) {
      lines.push(line.trimEnd());
      line = '';
    }
    line = line === '' ? piece.trimStart() : line + piece;
  }
  return [...lines, line.trimEnd()];
}

function piecesOf(text: string, limit: number, widthOf: (text: string) => number): string[] {
  const pieces: string[] = [];
  for (const { segment, isWordLike } of words.segment(text)) {
    const last = pieces.length - 1;
    const closes = !isWordLike && segment.trim() !== '' && !OPENS.test(segment);
    // A comma must not begin a line, nor a bracket end one.
    if (last >= 0 && (closes || OPENS.test(pieces[last] ?? ''))) pieces[last] += segment;
    else if (widthOf(segment) <= limit) pieces.push(segment);
    else pieces.push(...Array.from(graphemes.segment(segment), (grapheme) => grapheme.segment));
  }
  return pieces;
}
