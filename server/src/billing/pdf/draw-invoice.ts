/** An invoice as a page: everything on it is given, nothing is decided here. */
import { shortDay } from '../../kit/day-words.ts';
import { formatMoney } from '../../kit/money.ts';
import type { BillTo } from '../bill-to.ts';
import { drawTable, type Total } from './draw-table.ts';
import { COLORS, MARGIN, WIDTH } from './paper.ts';
import type { Typesetter } from './typesetter.ts';

export interface PrintedInvoice {
  number: string;
  state: string;
  currency: string;
  issuedOn: string;
  dueOn: string;
  paidOn: string | null;
  seller: { name: string; address: string; taxId: string; email: string };
  billTo: BillTo;
  lines: {
    description: string;
    quantity: number;
    unitMinor: bigint;
    amountMinor: bigint;
    periodFrom: string | null;
    periodTo: string | null;
  }[];
  totalMinor: bigint;
  /** Money that has come in, oldest first. */
  payments: { name: string; number: string | null; receivedOn: string | null; amountMinor: bigint }[];
  creditMinor: bigint;
  /** What came in beyond what was asked for. */
  overMinor: bigint;
  /** What was given back of the payments later. */
  refundedMinor: bigint;
  /** Still to be paid. */
  dueMinor: bigint;
}

const STAMPS: Record<string, { text: string; color: string }> = {
  paid: { text: 'PAID', color: COLORS.paid },
  unpaid: { text: 'UNPAID', color: COLORS.unpaid },
  void: { text: 'VOID', color: COLORS.void },
};
const SMALL = { size: 9, color: COLORS.quiet };
const BODY = { size: 10, color: COLORS.ink };
const RIGHT_COLUMN = MARGIN + WIDTH * 0.58;
const RIGHT_WIDTH = WIDTH * 0.42;

/** English labels; names, addresses and descriptions in whatever script they are written in. */
export function drawInvoice(doc: PDFKit.PDFDocument, type: Typesetter, invoice: PrintedInvoice): void {
  const below = drawHead(doc, type, invoice);
  const parties = Math.max(drawBillTo(type, invoice.billTo, below), drawFacts(type, invoice, below));
  const money = (minor: bigint) => formatMoney(minor, invoice.currency, 'en');
  const rows = invoice.lines.map((line) => ({
    text: line.description,
    note: line.periodFrom && line.periodTo ? `${shortDay(line.periodFrom)} – ${shortDay(line.periodTo)}` : '',
    cells: [String(line.quantity), money(line.unitMinor), money(line.amountMinor)],
  }));
  const totals = totalsOf(invoice, money);
  drawTable(doc, type, { y: parties + 24, heads: ['Description', 'Qty', 'Unit price', 'Amount'], rows, totals });
  drawFeet(doc, type, invoice);
}

/** From the total down to what is still due, or to the day from which nothing was. */
function totalsOf(invoice: PrintedInvoice, money: (minor: bigint) => string): Total[] {
  const { payments, creditMinor, overMinor, refundedMinor, paidOn, currency } = invoice;
  const unlessNone = (label: string, minor: bigint) => (minor === 0n ? [] : [{ label, value: money(minor) }]);
  return [
    { label: 'Total', value: money(invoice.totalMinor) },
    ...payments.map((payment) => ({ label: paymentText(payment), value: money(-payment.amountMinor) })),
    ...unlessNone('Paid from credit', -creditMinor),
    ...unlessNone('Paid too much, kept as credit', overMinor),
    paidOn
      ? { label: `Paid on ${shortDay(paidOn)}`, value: `${money(invoice.totalMinor)} ${currency}`, strong: true }
      : { label: 'Amount due', value: `${money(invoice.dueMinor)} ${currency}`, strong: true },
    ...unlessNone('Given back since', refundedMinor),
  ];
}

/** The seller on the left; what it is, and whether it is paid, on the right. */
function drawHead(doc: PDFKit.PDFDocument, type: Typesetter, { seller, number, state }: PrintedInvoice): number {
  const column = WIDTH * 0.54;
  let left = MARGIN;
  left += type.write(seller.name, { x: MARGIN, y: left, width: column }, { size: 17, bold: true, color: COLORS.ink });
  const details = [seller.address, seller.taxId && `Tax ID ${seller.taxId}`, seller.email].filter(Boolean).join('\n');
  if (details) left += type.write(details, { x: MARGIN, y: left + 2, width: column }, SMALL);
  const place = { x: RIGHT_COLUMN, width: RIGHT_WIDTH, align: 'right' as const };
  let right = MARGIN;
  right += type.write('Invoice', { ...place, y: right }, { size: 24, color: COLORS.quiet });
  right += type.write(number, { ...place, y: right }, { size: 12, bold: true, color: COLORS.ink });
  right = drawStamp(doc, type, { state, y: right + 8 });
  return Math.max(left, right) + 26;
}

function drawStamp(doc: PDFKit.PDFDocument, type: Typesetter, { state, y }: { state: string; y: number }): number {
  const { text, color } = STAMPS[state] ?? { text: state.toUpperCase(), color: COLORS.quiet };
  const style = { size: 11, bold: true, color };
  const [width, height] = [type.width(text, style) + 20, 22];
  const x = MARGIN + WIDTH - width;
  doc.roundedRect(x, y, width, height, 4).lineWidth(1.5).strokeColor(color).stroke();
  type.write(text, { x: x + 10, y: y + 3.5, width }, style);
  return y + height;
}

function drawBillTo(type: Typesetter, billTo: BillTo, y: number): number {
  const column = { x: MARGIN, width: WIDTH * 0.54 };
  let at = y + type.write('BILL TO', { ...column, y }, { size: 8, bold: true, color: COLORS.quiet }) + 2;
  const [first, ...rest] = [
    ...new Set([billTo.company, billTo.name]),
    ...billTo.address,
    countryName(billTo.country),
    billTo.taxId && `Tax ID ${billTo.taxId}`,
    billTo.email,
  ].filter(Boolean);
  at += type.write(first ?? '', { ...column, y: at }, { ...BODY, bold: true });
  return rest.length === 0 ? at : at + type.write(rest.join('\n'), { ...column, y: at }, BODY);
}

function drawFacts(type: Typesetter, invoice: PrintedInvoice, y: number): number {
  const facts: [string, string][] = [
    ['Invoice number', invoice.number],
    ['Issued', shortDay(invoice.issuedOn)],
    ['Due', shortDay(invoice.dueOn)],
    ...(invoice.paidOn ? [['Paid', shortDay(invoice.paidOn)] satisfies [string, string]] : []),
    ['Currency', invoice.currency],
  ];
  let at = y;
  for (const [label, value] of facts) {
    type.write(label, { x: RIGHT_COLUMN, y: at, width: RIGHT_WIDTH / 2 }, { ...BODY, color: COLORS.quiet });
    at += type.write(value, { x: RIGHT_COLUMN + RIGHT_WIDTH / 2, y: at, width: RIGHT_WIDTH / 2, align: 'right' }, BODY);
  }
  return at;
}

/** On every page, once it is known how many there are. */
function drawFeet(doc: PDFKit.PDFDocument, type: Typesetter, { number, seller }: PrintedInvoice): void {
  const { start, count } = doc.bufferedPageRange();
  for (let page = start; page < start + count; page += 1) {
    doc.switchToPage(page);
    // What stands below the margin would begin a page of its own.
    doc.page.margins.bottom = 0;
    const y = doc.page.height - MARGIN + 12;
    const who = [seller.name, seller.taxId && `Tax ID ${seller.taxId}`].filter(Boolean).join(' · ');
    type.write(who, { x: MARGIN, y, width: WIDTH * 0.65 }, { ...SMALL, size: 8 });
    const where = `${number} · Page ${page - start + 1} of ${count}`;
    type.write(where, { x: RIGHT_COLUMN, y, width: RIGHT_WIDTH, align: 'right' }, { ...SMALL, size: 8 });
  }
}

const paymentText = ({ name, number, receivedOn }: PrintedInvoice['payments'][number]): string =>
  ['Paid', receivedOn && shortDay(receivedOn), `by ${name}`, number && `(${number})`].filter(Boolean).join(' ');

const countries = new Intl.DisplayNames(['en'], { type: 'region' });

const countryName = (code: string): string => (/^[A-Z]{2}$/.test(code) ? (countries.of(code) ?? code) : code);
