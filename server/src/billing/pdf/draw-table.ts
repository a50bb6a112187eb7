/** Lines with numbers on the right, over as many pages as they take, and what they add up to. */
import { COLORS, MARGIN, WIDTH } from './paper.ts';
import type { Typesetter } from './typesetter.ts';

export interface Table {
  /** Where it begins on the first page. */
  y: number;
  /** One for the text, then one per cell. */
  heads: string[];
  rows: { text: string; note: string; cells: string[] }[];
  totals: Total[];
}

export interface Total {
  label: string;
  value: string;
  strong?: boolean;
}

/** Right edges of the cells, as parts of the width; the text takes what is left of them. */
const EDGES = [0.6, 0.79, 1];
const CELL = 0.17;
const PADDING = 6;
const TEXT = { size: 10, color: COLORS.ink };
const NOTE = { size: 8.5, color: COLORS.quiet };
const HEAD = { size: 8, bold: true, color: COLORS.quiet };
const TEXT_WIDTH = WIDTH * 0.5;
const TOTALS_X = MARGIN + WIDTH * 0.4;

export function drawTable(doc: PDFKit.PDFDocument, type: Typesetter, table: Table): void {
  const bottom = doc.page.height - MARGIN - 10;
  let y = drawHeads(doc, type, table.heads, table.y);
  for (const row of table.rows) {
    const height = heightOf(type, row);
    if (y + height > bottom) y = drawHeads(doc, type, table.heads, nextPage(doc));
    drawRow(type, row, y + PADDING);
    y += height;
    rule(doc, MARGIN, y);
  }
  drawTotals(doc, type, table.totals, { y: y + 10, bottom });
}

/** All on one page, unless that is not enough for them. */
function drawTotals(
  doc: PDFKit.PDFDocument,
  type: Typesetter,
  totals: Total[],
  { y, bottom }: { y: number; bottom: number },
): void {
  const rows = totals.map((total) => ({
    total,
    height: type.height(total.label, WIDTH * 0.36, TEXT) + (total.strong ? 16 : 6),
  }));
  const whole = rows.reduce((sum, { height }) => sum + height, 0);
  let at = y + whole > bottom ? nextPage(doc) : y;
  for (const { total, height } of rows) {
    if (at + height > bottom) at = nextPage(doc);
    drawTotal(doc, type, total, { y: at, height });
    at += height;
  }
}

/** @returns where it begins */
function nextPage(doc: PDFKit.PDFDocument): number {
  doc.addPage();
  return MARGIN;
}

function drawHeads(doc: PDFKit.PDFDocument, type: Typesetter, heads: string[], y: number): number {
  const height = 22;
  doc.rect(MARGIN, y, WIDTH, height).fill(COLORS.shade);
  const [first = '', ...others] = heads;
  type.write(first, { x: MARGIN + PADDING, y: y + 5.5, width: TEXT_WIDTH }, HEAD);
  for (const [at, head] of others.entries()) type.write(head, cell(at, y + 5.5), HEAD);
  return y + height;
}

const heightOf = (type: Typesetter, { text, note }: Table['rows'][number]) =>
  type.height(text, TEXT_WIDTH, TEXT) + (note ? type.height(note, TEXT_WIDTH, NOTE) : 0) + 2 * PADDING;

function drawRow(type: Typesetter, { text, note, cells }: Table['rows'][number], y: number): void {
  const x = MARGIN + PADDING;
  const below = y + type.write(text, { x, y, width: TEXT_WIDTH }, TEXT);
  if (note) type.write(note, { x, y: below, width: TEXT_WIDTH }, NOTE);
  for (const [at, value] of cells.entries()) type.write(value, cell(at, y), TEXT);
}

function drawTotal(
  doc: PDFKit.PDFDocument,
  type: Typesetter,
  { label, value, strong }: Total,
  { y, height }: { y: number; height: number },
): void {
  const style = strong ? { ...TEXT, size: 11.5, bold: true } : { ...TEXT, color: COLORS.quiet };
  if (strong) doc.rect(TOTALS_X, y, MARGIN + WIDTH - TOTALS_X, height).fill(COLORS.shade);
  const inside = y + (strong ? 7 : 3);
  type.write(label, { x: TOTALS_X + PADDING, y: inside, width: WIDTH * 0.36 }, style);
  const edge = { x: TOTALS_X, y: inside, width: MARGIN + WIDTH - TOTALS_X - PADDING, align: 'right' as const };
  type.write(value, edge, { ...style, color: COLORS.ink });
}

function cell(at: number, y: number) {
  const right = MARGIN + WIDTH * (EDGES[at] ?? 1) - PADDING;
  return { x: right - WIDTH * CELL, y, width: WIDTH * CELL, align: 'right' as const };
}

function rule(doc: PDFKit.PDFDocument, x: number, y: number): void {
  doc
    .moveTo(x, y)
    .lineTo(MARGIN + WIDTH, y)
    .lineWidth(0.5)
    .strokeColor(COLORS.rule)
    .stroke();
}
